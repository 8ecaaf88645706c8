import { InputError, nearest, show } from '../../core/errors.ts';
import { detectFormat, HEAD_BYTES } from './detect.ts';
import { ArcLisDecoder } from './formats/arc-lis.ts';
import { CsvDecoder } from './formats/csv.ts';
import type { DecoderOptions, TraceDecoder } from './formats/format.ts';
import { Int32Decoder } from './formats/int32.ts';
import { KeysDecoder } from './formats/keys.ts';
import { MooncakeDecoder } from './formats/mooncake.ts';
import { OracleGeneralDecoder } from './formats/oracle-general.ts';
import { TimeIdSizeDecoder } from './formats/time-id-size.ts';
import type { Trace } from './trace.ts';

const FORMATS = {
  keys: (options: DecoderOptions): TraceDecoder => new KeysDecoder(options.name),
  csv: (options: DecoderOptions): TraceDecoder => new CsvDecoder(options),
  'oracle-general': (options: DecoderOptions): TraceDecoder => new OracleGeneralDecoder(options.name),
  arc: (options: DecoderOptions): TraceDecoder => new ArcLisDecoder(options.name),
  'time-id-size': (options: DecoderOptions): TraceDecoder => new TimeIdSizeDecoder(options.name),
  int32: (options: DecoderOptions): TraceDecoder => new Int32Decoder(options.name),
  mooncake: (options: DecoderOptions): TraceDecoder => new MooncakeDecoder(options.name),
};

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

/** Other names under which the formats are known. */
const ALIASES: Record<string, FormatName> = {
  text: 'keys',
  txt: 'keys',
  lines: 'keys',
  'libcachesim-csv': 'csv',
  tsv: 'csv',
  oraclegeneral: 'oracle-general',
  oracle: 'oracle-general',
  libcachesim: 'oracle-general',
  lis: 'arc',
  'arc-lis': 'arc',
  webcachesim: 'time-id-size',
  tis: 'time-id-size',
  'int32-be': 'int32',
  int32be: 'int32',
  cache2k: 'int32',
  jsonl: 'mooncake',
};

/** @throws InputError with the names there are. */
export function formatNamed(text: string): FormatName {
  const name = text.toLowerCase().replaceAll(/[\s_]+/g, '-');
  if ((FORMAT_NAMES as readonly string[]).includes(name)) return name as FormatName;
  if (Object.hasOwn(ALIASES, name)) return ALIASES[name];
  const guess = nearest(name, [...FORMAT_NAMES, ...Object.keys(ALIASES)]);
  throw new InputError(
    '--format',
    `one of ${FORMAT_NAMES.join(', ')}`,
    show(text),
    guess === undefined ? '' : `Did you mean ${guess}?`,
  );
}

/** @param format null: told from the name and the first bytes. */
export function createDecoder(format: FormatName | null, options: DecoderOptions): DetectingDecoder {
  return new DetectingDecoder(format, options);
}

/** Holds the first bytes back until the format is known. */
class DetectingDecoder implements TraceDecoder {
  private decoder: TraceDecoder | null = null;
  private head = new Uint8Array(HEAD_BYTES);
  private headLength = 0;

  constructor(
    private known: FormatName | null,
    private readonly options: DecoderOptions,
  ) {
    if (known !== null) this.decoder = FORMATS[known](options);
  }

  /** Null until enough has come. */
  get format(): FormatName | null {
    return this.known;
  }

  get requests(): number {
    return this.decoder?.requests ?? 0;
  }

  push(chunk: Uint8Array): void {
    if (this.decoder !== null) {
      this.decoder.push(chunk);
      return;
    }
    const taken = Math.min(chunk.length, HEAD_BYTES - this.headLength);
    this.head.set(chunk.subarray(0, taken), this.headLength);
    this.headLength += taken;
    if (this.headLength === HEAD_BYTES) this.begin(false).push(chunk.subarray(taken));
  }

  /** @throws InputError when there is no request in it. */
  end(): Trace {
    const trace = (this.decoder ?? this.begin(true)).end();
    if (trace.requests === 0) throw new InputError(this.options.name, 'a trace', 'a file without a request');
    return trace;
  }

  private begin(whole: boolean): TraceDecoder {
    const head = this.head.subarray(0, this.headLength);
    if (head.length === 0) throw new InputError(this.options.name, 'a trace', 'an empty file');
    this.known = detectFormat(this.options.name, head, whole);
    this.decoder = FORMATS[this.known](this.options);
    this.decoder.push(head);
    this.head = new Uint8Array(0);
    return this.decoder;
  }
}
export type { DetectingDecoder };
