/**
 * Writes ONNX files: the part of its protobuf format (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto) that a
 * model of plain operators needs. The same graph gives the same bytes.
 */

/** @typedef {'float' | 'int8' | 'int64'} ElementType */
/** @typedef {number | readonly number[]} Attribute whole numbers, or one real number */
/** @typedef {Float32Array | Int8Array | BigInt64Array} Values */

/** Numbers of TensorProto.DataType. @type {Record<ElementType, number>} */
const elementTypes = { float: 1, int8: 3, int64: 7 };
export const FLOAT = elementTypes.float;

/** Numbers of AttributeProto.AttributeType. */
const attributeTypes = { float: 1, int: 2, ints: 7 };

const utf8 = new TextEncoder();

/** @param {number} value @returns {Uint8Array} */
function varint(value) {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes = [];
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest ? low | 128 : low);
  } while (rest);
  return Uint8Array.from(bytes);
}

/** @param {readonly Uint8Array[]} parts */
function concat(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {number} field @param {number} wireType */
const key = (field, wireType) => varint((field << 3) | wireType);
/** @param {number} field @param {number} value */
const whole = (field, value) => concat([key(field, 0), varint(value)]);
/** @param {number} field @param {Uint8Array} value */
const bytes = (field, value) => concat([key(field, 2), varint(value.length), value]);
/** @param {number} field @param {string} value */
const text = (field, value) => bytes(field, utf8.encode(value));
/** @param {number} field @param {number} value */
const real = (field, value) => concat([key(field, 5), new Uint8Array(Float32Array.of(value).buffer)]);

/** @param {string} name @param {ElementType} type @param {readonly number[]} shape @param {Values} values */
const tensor = (name, type, shape, values) =>
  concat([
    ...shape.map((size) => whole(1, size)),
    whole(2, elementTypes[type]),
    text(8, name),
    bytes(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ]);

/** @param {string} name @param {Attribute} value */
function attribute(name, value) {
  if (typeof value !== 'number')
    return concat([text(1, name), ...value.map((item) => whole(8, item)), whole(20, attributeTypes.ints)]);
  return Number.isInteger(value)
    ? concat([text(1, name), whole(3, value), whole(20, attributeTypes.int)])
    : concat([text(1, name), real(2, value), whole(20, attributeTypes.float)]);
}

/** @param {string} name @param {ElementType} type @param {readonly (number | string)[]} shape names stand for sizes known at run time only */
function port(name, type, shape) {
  const sizes = shape.map((size) => bytes(1, typeof size === 'string' ? text(2, size) : whole(1, size)));
  const tensorType = concat([whole(1, elementTypes[type]), bytes(2, concat(sizes))]);
  return concat([text(1, name), bytes(2, bytes(1, tensorType))]);
}

/** Collects constants and operators; each method returns the name of the value that it adds. */
export class GraphWriter {
  /** @type {Uint8Array[]} */
  #nodes = [];
  /** @type {Uint8Array[]} */
  #constants = [];
  /** @type {Uint8Array[]} */
  #inputs = [];
  /** @type {Uint8Array[]} */
  #outputs = [];
  #count = 0;

  /** @param {string} name @param {ElementType} type @param {readonly (number | string)[]} shape */
  input(name, type, shape) {
    this.#inputs.push(port(name, type, shape));
    return name;
  }

  /** @param {ElementType} type @param {readonly number[]} shape @param {Values} values */
  constant(type, shape, values) {
    const name = `c${this.#constants.length}`;
    this.#constants.push(tensor(name, type, shape, values));
    return name;
  }

  /** @param {...number} values */
  reals(...values) {
    return this.constant('float', [values.length], Float32Array.from(values));
  }

  /** @param {...number} values */
  wholes(...values) {
    return this.constant('int64', [values.length], BigInt64Array.from(values, BigInt));
  }

  /** @param {number} value */
  scalar(value) {
    return this.constant('int64', [], BigInt64Array.of(BigInt(value)));
  }

  /**
   * An operator with one result.
   * @param {string} type @param {readonly string[]} inputs @param {Record<string, Attribute>} [attributes]
   */
  apply(type, inputs, attributes = {}) {
    const name = `t${this.#count++}`;
    this.#node(type, inputs, [name], attributes);
    return name;
  }

  /**
   * An operator with three results.
   * @param {string} type @param {readonly string[]} inputs @param {Record<string, Attribute>} attributes
   * @returns {[string, string, string]}
   */
  applyThree(type, inputs, attributes) {
    /** @type {[string, string, string]} */
    const names = [`t${this.#count++}`, `t${this.#count++}`, `t${this.#count++}`];
    this.#node(type, inputs, names, attributes);
    return names;
  }

  /** @param {string} name @param {ElementType} type @param {readonly (number | string)[]} shape @param {string} value */
  output(name, type, shape, value) {
    this.#node('Identity', [value], [name], {});
    this.#outputs.push(port(name, type, shape));
  }

  /** @param {string} type @param {readonly string[]} inputs @param {readonly string[]} outputs @param {Record<string, Attribute>} attributes */
  #node(type, inputs, outputs, attributes) {
    this.#nodes.push(
      concat([
        ...inputs.map((name) => text(1, name)),
        ...outputs.map((name) => text(2, name)),
        text(3, `${type}_${outputs[0]}`),
        text(4, type),
        ...Object.entries(attributes).map(([name, value]) => bytes(5, attribute(name, value))),
      ]),
    );
  }

  /**
   * The finished file.
   * @param {{ name: string, metadata: Record<string, string> }} about
   */
  finish({ name, metadata }) {
    const irVersion = 7;
    const operatorSet = 13;
    const graph = concat([
      ...this.#nodes.map((node) => bytes(1, node)),
      text(2, name),
      ...this.#constants.map((constant) => bytes(5, constant)),
      ...this.#inputs.map((input) => bytes(11, input)),
      ...this.#outputs.map((output) => bytes(12, output)),
    ]);
    return concat([
      whole(1, irVersion),
      text(2, 'surge-lab'),
      bytes(7, graph),
      bytes(8, concat([text(1, ''), whole(2, operatorSet)])),
      ...Object.entries(metadata).map(([k, v]) => bytes(14, concat([text(1, k), text(2, v)]))),
    ]);
  }
}
