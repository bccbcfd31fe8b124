/** Stands in for Node's module of this name, which the package that cuts messages into parts asks for. */
export default function assert(holds: unknown, message = "assertion"): asserts holds {
  if (!holds) throw new Error(message);
}
