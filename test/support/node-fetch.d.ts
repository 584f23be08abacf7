/** Version 2 comes without declarations; as much of it as the tests use. */
declare module "node-fetch" {
  function fetch(url: string, init: RequestInit): Promise<Response>;
  export default fetch;
}
