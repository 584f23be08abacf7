import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // The root is this folder, although a parent folder has a lock file, too.
  turbopack: { root: import.meta.dirname },
};

export default config;
