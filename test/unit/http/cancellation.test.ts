import { describe, expect, it, vi } from "vitest";
import {
  createStop,
  fetchCancellable,
  stoppable,
  type Stop,
  type StoppableFetch,
} from "../../../src/http/cancellation.js";
describe("a stop", () => {
  const reason = new Error("enough");

  it("tells everyone who waits, once, with the reason", () => {
    const { stop, cancel } = createStop();
    const told: unknown[] = [];
    stop.onStop((why) => told.push(why));
    stop.onStop((why) => told.push(why));
    cancel(reason);
    cancel(new Error("again"));
    expect(told).toEqual([reason, reason]);
  });

  it("calls no callback that was unsubscribed, and none after its end", () => {
    const { stop, cancel, end } = createStop();
    const told: string[] = [];
    const leave = stop.onStop(() => told.push("first"));
    stop.onStop(() => told.push("second"));
    leave();
    cancel(reason);
    expect(told).toEqual(["second"]);

    const other = createStop();
    other.stop.onStop(() => told.push("third"));
    other.end();
    other.cancel(reason);
    expect(told).toEqual(["second"]);
    end();
  });

  it("has one signal, which aborts whether it was asked for before or after", () => {
    const { stop, cancel } = createStop();
    const { signal } = stop;
    expect(stop.signal).toBe(signal);
    expect(signal.aborted).toBe(false);
    cancel(reason);
    expect(signal.reason).toBe(reason);

    const late = createStop();
    late.cancel(reason);
    expect(late.stop.signal.reason).toBe(reason);
  });
});

describe("fetching until told to stop", () => {
  const url = "https://api.example/";

  it("gives a fetch of the platform a signal beside the other options", async () => {
    const { stop, cancel } = createStop();
    const given: RequestInit[] = [];
    const platform = (_: string, init: RequestInit): Promise<Response> => {
      given.push(init);
      return Promise.resolve(new Response());
    };
    await fetchCancellable(stop, platform, { url, init: { method: "POST", body: "{}" } });
    expect(given).toMatchObject([{ method: "POST", body: "{}", signal: stop.signal }]);
    cancel(new Error("enough"));
    expect(given[0]?.signal?.aborted).toBe(true);
  });

  it("makes no signal for a transport that takes the stop itself, and one for a function that wraps it", async () => {
    const stops: (Stop | undefined)[] = [];
    const known = (_: string, init: RequestInit): Promise<Response> => {
      expect(init.signal).toBeInstanceOf(AbortSignal);
      return Promise.resolve(new Response());
    };
    const transport: StoppableFetch = Object.assign(known, {
      [stoppable]: (_: string, _init: RequestInit, stop: Stop) => {
        stops.push(stop);
        return Promise.resolve(new Response());
      },
    });
    const { stop } = createStop();
    const asked = vi.spyOn(stop, "signal", "get");
    await fetchCancellable(stop, transport, { url, init: {} });
    expect(stops).toEqual([stop]);
    expect(asked).not.toHaveBeenCalled();
    await fetchCancellable(stop, (address, init) => transport(address, init), { url, init: {} });
    expect(stops).toHaveLength(1);
  });
});
