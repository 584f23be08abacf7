import {
  customMatchers,
  getState,
  GLOBAL_EXPECT,
  ASYMMETRIC_MATCHERS_OBJECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
  type ExpectStatic,
  type MatcherState,
} from "@vitest/expect";
import { getCurrentTest, startTests, type Task, type VitestRunner } from "@vitest/runner";
import { fn, restoreAllMocks, spyOn } from "@vitest/spy";
import * as chai from "chai";
import type { CaseResult, FileResult } from "./report.js";

/**
 * Stands in for vitest where vitest does not run. It is vitest's own runner and its own assertions; only what ties
 * them to Node (workers, mocked modules, snapshots) is left out, and what our tests use of `vi` is written here.
 */

export {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  it,
  onTestFinished,
  test,
} from "@vitest/runner";

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

interface PollOptions {
  readonly interval?: number;
  readonly timeout?: number;
}

/** As vitest's: `expect.poll(fn).toBe(3)` asks again until the assertion holds or time is up. */
function poll(read: () => unknown, { interval = 50, timeout = 1000 }: PollOptions = {}): object {
  const attempt = async (path: readonly string[], values: readonly unknown[]): Promise<void> => {
    let assertion: unknown = expect(await read());
    for (const name of path.slice(0, -1)) assertion = Reflect.get(assertion as object, name);
    const matcher: unknown = Reflect.get(assertion as object, path.at(-1) ?? "");
    await Reflect.apply(matcher as () => unknown, assertion, values);
  };
  const untilItHolds = async (path: readonly string[], values: readonly unknown[]): Promise<void> => {
    const untilMs = Date.now() + timeout;
    for (;;) {
      try {
        await attempt(path, values);
        return;
      } catch (error) {
        if (Date.now() >= untilMs) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, interval));
    }
  };
  const chain = (path: readonly string[]): object =>
    new Proxy(() => undefined, {
      get: (_, name) => chain([...path, String(name)]),
      apply: (_, __, values: readonly unknown[]) => untilItHolds(path, values),
    });
  return chain([]);
}

function createExpect(): ExpectStatic {
  const create = (value: unknown, message?: string): unknown => {
    const assertion = chai.expect(value, message) as unknown as { withTest: (test: unknown) => unknown };
    const current = getCurrentTest();
    return current === undefined ? assertion : assertion.withTest(current);
  };
  const matchers: unknown = Reflect.get(globalThis, ASYMMETRIC_MATCHERS_OBJECT);
  // Put together as vitest puts it together; TypeScript cannot follow that.
  const result = Object.assign(create, chai.expect, matchers, { poll }) as unknown as ExpectStatic;
  result.getState = () => getState(result);
  result.setState = (state: Partial<MatcherState>) => {
    setState(state, result);
  };
  result.extend = (additions) => {
    Reflect.apply(Reflect.get(chai.expect, "extend") as () => unknown, chai.expect, [result, additions]);
  };
  setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, result);
  result.extend(customMatchers);
  Object.defineProperty(globalThis, GLOBAL_EXPECT, { value: result, writable: true, configurable: true });
  return result;
}

export const expect: ExpectStatic = createExpect();

const stubbedGlobals = new Map<string, PropertyDescriptor | undefined>();
const stubbedVariables = new Map<string, string | undefined>();

function environment(): Record<string, string | undefined> {
  const { process } = globalThis as { process?: { env: Record<string, string | undefined> } };
  if (process === undefined) throw new Error("this runtime has no environment variables");
  return process.env;
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) Reflect.deleteProperty(environment(), name);
  else environment()[name] = value;
}

/** The dates of a test; only these can be set here, because no test that runs everywhere sets timers. */
const realDate = Date;
let setMs: number | undefined;

function dateOfTest(): DateConstructor {
  return new Proxy(realDate, {
    construct: (target, values: readonly unknown[], newTarget) =>
      values.length > 0 || setMs === undefined
        ? (Reflect.construct(target, values, newTarget) as Date)
        : new target(setMs),
    get: (target, name): unknown =>
      name === "now" ? () => setMs ?? target.now() : Reflect.get(target, name, target),
  });
}

export const vi = {
  fn,
  spyOn,
  useFakeTimers({ toFake }: { readonly toFake: readonly ["Date"] }): void {
    if (String(toFake) !== "Date") throw new Error("only dates can be set here");
    setMs = realDate.now();
    globalThis.Date = dateOfTest();
  },
  setSystemTime(ms: number): void {
    setMs = ms;
  },
  useRealTimers(): void {
    globalThis.Date = realDate;
  },
  stubEnv(name: string, value: string | undefined): void {
    if (!stubbedVariables.has(name)) stubbedVariables.set(name, environment()[name]);
    setVariable(name, value);
  },
  unstubAllEnvs(): void {
    for (const [name, value] of stubbedVariables) setVariable(name, value);
    stubbedVariables.clear();
  },
  stubGlobal(name: string, value: unknown): void {
    if (!stubbedGlobals.has(name)) {
      stubbedGlobals.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
    }
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: true });
  },
  unstubAllGlobals(): void {
    for (const [name, descriptor] of stubbedGlobals) {
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, descriptor);
    }
    stubbedGlobals.clear();
  },
  async waitFor<T>(
    work: () => T | Promise<T>,
    { interval = 50, timeout = 1000 }: PollOptions = {},
  ): Promise<T> {
    const untilMs = Date.now() + timeout;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (Date.now() >= untilMs) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, interval));
    }
  },
  /** The bundles hold a second copy of what a test imports after this call. */
  resetModules(): void {
    return undefined;
  },
};

/** Runs one test file, as vitest would. */
export async function runFile(file: string, load: () => Promise<unknown>): Promise<FileResult> {
  const problems: string[] = [];
  const runner: VitestRunner = {
    config: {
      root: "/",
      setupFiles: [],
      name: undefined,
      passWithNoTests: false,
      testNamePattern: undefined,
      allowOnly: false,
      sequence: { seed: 0, hooks: "stack", setupFiles: "list" },
      chaiConfig: undefined,
      maxConcurrency: 20,
      testTimeout: 20_000,
      hookTimeout: 10_000,
      retry: 0,
      includeTaskLocation: false,
      tags: [],
      tagsFilter: undefined,
      strictTags: false,
    },
    importFile: load,
    onBeforeTryTask: () => {
      restoreAllMocks();
    },
  };
  const [root] = await startTests([`/${file}`], runner);
  const cases: CaseResult[] = [];
  const collect = (task: Task, path: readonly string[]): void => {
    const message = task.result?.errors?.[0]?.message;
    if (task.type === "test") {
      const state = task.result?.state === "pass" ? "passed" : task.mode === "run" ? "failed" : "skipped";
      cases.push({ name: path.join(" > "), state, ...(message === undefined ? {} : { message }) });
      return;
    }
    if (message !== undefined) problems.push([...path, message].join(" > "));
    for (const child of task.tasks) collect(child, [...path, child.name]);
  };
  if (root !== undefined) collect(root, []);
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  return { file, cases, problems };
}
