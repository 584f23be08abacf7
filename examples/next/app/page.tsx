/** A plain form: the session is made on the server, and the browser is sent on to the hosted page. */
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
