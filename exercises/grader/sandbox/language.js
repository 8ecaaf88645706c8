/**
 * What the sandbox takes of the language before the learner's code runs, so that nothing that is patched afterwards reaches it. One object
 * without a prototype: the other files take from it what they need, by name.
 */
export default function () {
  const { apply, construct, defineProperty, deleteProperty, getPrototypeOf } = Reflect;
  const uncurry = Function.prototype.bind.bind(Function.prototype.call);
  const sliceOf = uncurry(String.prototype.slice);
  return {
    __proto__: null,
    apply,
    construct,
    deleteProperty,
    getPrototypeOf,
    keysOf: Object.keys,
    namesOf: Object.getOwnPropertyNames,
    isArray: Array.isArray,
    isView: ArrayBuffer.isView,
    isFinite: Number.isFinite,
    isNaN: Number.isNaN,
    quote: JSON.stringify,
    parse: JSON.parse,
    absolute: Math.abs,
    power: Math.pow,
    thenOf: uncurry(Promise.prototype.then),
    resolved: Promise.resolve.bind(Promise),
    sortOf: uncurry(Array.prototype.sort),
    eachOfMap: uncurry(Map.prototype.forEach),
    eachOfSet: uncurry(Set.prototype.forEach),
    addToMap: uncurry(Map.prototype.set),
    addToSet: uncurry(Set.prototype.add),
    millisecondsOf: uncurry(Date.prototype.getTime),
    OurPromise: Promise,
    OurMap: Map,
    OurSet: Set,
    OurDate: Date,
    OurError: Error,
    OurTypeError: TypeError,
    OurBigInt: BigInt,
    iteratorKey: Symbol.iterator,
    mapPrototype: Map.prototype,
    setPrototype: Set.prototype,
    datePrototype: Date.prototype,
    errorPrototype: Error.prototype,
    promisePrototype: Promise.prototype,

    /** Sets a property, whatever setters stand on the way. */
    put: (target, name, value) =>
      defineProperty(target, name, {
        __proto__: null,
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      }),
    /** Text without end is cut; `limit` characters stay. */
    shortened: (text, limit) => (text.length > limit ? `${sliceOf(text, 0, limit)}…` : text),
  };
}
