/** Same program, same numbers: what Node computes is what the page computes. */
export { default } from 'onnxruntime-web';
