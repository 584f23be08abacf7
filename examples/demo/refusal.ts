/** Why the demo cannot go on; told in one line. */
export class DemoRefusal extends Error {}
