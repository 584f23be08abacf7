import { build } from "esbuild";
import { gzipSync } from "node:zlib";
async function size(contents: string) {
const r = await build({ stdin: { contents, resolveDir: "." }, bundle: true, minify: true, format: "esm", write: false, external: ["node:*","jose"] });
return gzipSync(r.outputFiles[0]!.contents).byteLength;}
const main='import { Purse } from "./src/index.ts"; console.log(new Purse());';
const m=await size(main);
console.log("main",m,"all of journal +",await size(main+'import * as j from "./src/journal/index.ts"; console.log(j)')-m, "journal+sql +", await size(main+'import {createJournal,createSqlStore} from "./src/journal/index.ts"; console.log(createJournal,createSqlStore)')-m);
