/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  reactCompiler: true,
  devIndicators: false,
  // The development server is opened by address, not by name.
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
}
