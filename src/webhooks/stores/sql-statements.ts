import type { DialectText } from "../../sql/dialect.js";

/** Every statement of the store, each atomic by itself, each giving rows: as many as it has changed or found. */
export interface WebhookStatements {
  readonly claim: string;
  readonly complete: string;
  readonly completeFree: string;
  readonly completeAny: string;
  readonly release: string;
  readonly remember: string;
  readonly rememberFirst: string;
  readonly rememberAfter: string;
  readonly recall: string;
  readonly clean: string;
}

/** A claim has an owner, what is done has none; a note has a text. */
export function tableStatements(table: string): readonly string[] {
  return [
    `create table if not exists ${table} (
  receiver text not null,
  key text not null,
  owner text,
  note text,
  expires_at bigint not null,
  primary key (receiver, key)
)`,
    `create index if not exists ${table.replace(".", "_")}_expires on ${table} (expires_at)`,
  ];
}

export function sqlStatements(table: string, { now }: DialectText): WebhookStatements {
  const at = (parameter: string): string => `${now} + cast(${parameter} as bigint)`;
  const isOver = `${table}.expires_at <= ${now}`;
  const isOwn = `receiver = $1 and key = $2 and not ${isOver}`;
  const put = (owner: string, note: string, expiresAt: string): string =>
    `insert into ${table} (receiver, key, owner, note, expires_at) values ($1, $2, ${owner}, ${note}, ${expiresAt})
      on conflict (receiver, key) do update
      set owner = excluded.owner, note = excluded.note, expires_at = excluded.expires_at`;
  return {
    claim: `${put("$3", "null", at("$4"))} where ${isOver} or ${table}.owner = excluded.owner returning key`,
    complete: `update ${table} set owner = null, expires_at = ${at("$4")} where ${isOwn} and owner = $3 returning key`,
    completeFree: `${put("null", "null", at("$3"))} where ${isOver} returning key`,
    completeAny: `${put("null", "null", at("$3"))} returning key`,
    release: `delete from ${table} where ${isOwn} and owner = $3 returning key`,
    remember: `${put("null", "$3", at("$4"))} returning key`,
    rememberFirst: `${put("null", "$3", at("$4"))} where ${isOver} or ${table}.note = excluded.note returning key`,
    rememberAfter: `update ${table} set note = $3, expires_at = ${at("$4")}
      where ${isOwn} and note in ($3, $5) returning key`,
    recall: `select note from ${table} where ${isOwn}`,
    clean: `delete from ${table} where ${isOver} and (receiver, key) in
      (select receiver, key from ${table} where ${isOver} order by expires_at limit 200) returning key`,
  };
}
