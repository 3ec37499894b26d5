# The gallery's server for browsers. docker-compose.yml runs it beside a Redis.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Nothing that the build uses needs an install script; those would fetch a second Node.
RUN npm ci --ignore-scripts
COPY . .
RUN node node_modules/electron-vite/bin/electron-vite.js build

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

FROM node:24-bookworm-slim
ENV NODE_ENV=production CIMAISE_HOME=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY --from=build /app/out out
USER node
EXPOSE 8420
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8420/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "out/main/server.js", "--port", "8420", "--host", "0.0.0.0"]
