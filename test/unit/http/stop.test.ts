import { describe, expect, it, vi } from "vitest";
import { createStop, fetchUntil, stoppable, type Stop, type StoppableFetch } from "../../../src/http/stop.js";

describe("a stop", () => {
  const reason = new Error("enough");

  it("tells everyone who waits, once, with the reason", () => {
    const { stop, bringAbout } = createStop();
    const told: unknown[] = [];
    stop.onStop((why) => told.push(why));
    stop.onStop((why) => told.push(why));
    bringAbout(reason);
    bringAbout(new Error("again"));
    expect(told).toEqual([reason, reason]);
  });

  it("tells nobody who has left, and nobody after its end", () => {
    const { stop, bringAbout, end } = createStop();
    const told: string[] = [];
    const leave = stop.onStop(() => told.push("first"));
    stop.onStop(() => told.push("second"));
    leave();
    bringAbout(reason);
    expect(told).toEqual(["second"]);

    const other = createStop();
    other.stop.onStop(() => told.push("third"));
    other.end();
    other.bringAbout(reason);
    expect(told).toEqual(["second"]);
    end();
  });

  it("has one signal, which aborts whether it was asked for before or after", () => {
    const { stop, bringAbout } = createStop();
    const { signal } = stop;
    expect(stop.signal).toBe(signal);
    expect(signal.aborted).toBe(false);
    bringAbout(reason);
    expect(signal.reason).toBe(reason);

    const late = createStop();
    late.bringAbout(reason);
    expect(late.stop.signal.reason).toBe(reason);
  });
});

describe("fetching until told to stop", () => {
  const url = "https://api.example/";

  it("gives a fetch of the platform a signal beside the other options", async () => {
    const { stop, bringAbout } = createStop();
    const given: RequestInit[] = [];
    const platform = (_: string, init: RequestInit): Promise<Response> => {
      given.push(init);
      return Promise.resolve(new Response());
    };
    await fetchUntil(stop, platform, url, { method: "POST", body: "{}" });
    expect(given).toMatchObject([{ method: "POST", body: "{}", signal: stop.signal }]);
    bringAbout(new Error("enough"));
    expect(given[0]?.signal?.aborted).toBe(true);
  });

  it("makes no signal for a transport that takes the stop itself, and one for what wraps it", async () => {
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
    await fetchUntil(stop, transport, url, {});
    expect(stops).toEqual([stop]);
    expect(asked).not.toHaveBeenCalled();
    await fetchUntil(stop, (address, init) => transport(address, init), url, {});
    expect(stops).toHaveLength(1);
  });
});
