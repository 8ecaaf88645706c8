/** Files of the encoder, which lab/setup/encoder/plugin.ts makes; Vite gives their addresses. */
declare module '@encoder/*?url' {
  const url: string;
  export default url;
}
