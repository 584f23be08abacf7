import { readReturn } from "../../read-return";

/** Finds the token in its path, so that nothing tells Next 14 not to keep the keys that it fetches. */
export default async function Return({ params }) {
  const { token } = await params;
  return <p>{await readReturn(token)}</p>;
}
