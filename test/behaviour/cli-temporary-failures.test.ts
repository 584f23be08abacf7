import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAccessToken, operations as allOperations } from "../../generated/operations.js";
