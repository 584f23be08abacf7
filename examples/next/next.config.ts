import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // This folder is the whole of it, although there is another lock file further up.
  turbopack: { root: import.meta.dirname },
};

export default config;
