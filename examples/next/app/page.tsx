/** A plain form: the server creates the session and redirects the browser to the hosted page. */
export default function Cart() {
  return (
    <main>
      <h1>Your cart</h1>
      <p>One teapot, 42.99 EUR.</p>
      <form method="post" action="/checkout">
        <button>Buy</button>
      </form>
    </main>
  );
}
