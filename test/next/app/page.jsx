export default function Home() {
  return <p>up</p>;
}
