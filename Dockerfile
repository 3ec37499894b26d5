# The gallery's server for browsers. docker-compose.yml runs it beside a Redis.

# scripts/pin-images.sh writes the digest of this image into .env, from where docker-compose.yml hands it over.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Nothing that the build uses needs an install script; those would fetch a second Node.
RUN npm ci --ignore-scripts
COPY . .
RUN node node_modules/electron-vite/bin/electron-vite.js build

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

FROM ${NODE_IMAGE}
ENV NODE_ENV=production CIMAISE_HOME=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY resources/samples resources/samples
COPY resources/fonts resources/fonts
COPY --from=build /app/out out
USER node
EXPOSE 8420
CMD ["node", "out/main/server.js", "--port", "8420", "--host", "0.0.0.0"]
