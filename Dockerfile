FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json pnpm-workspace.yaml pnpm-lock.yaml tsconfig*.json ./
COPY shared/package.json shared/
COPY server/package.json server/
COPY web/package.json web/
COPY tests/package.json tests/
RUN npx --yes pnpm@12 install --frozen-lockfile
COPY . .
RUN node -e "import('./scripts/lib/build.mjs').then(({ ensureBuilt }) => ensureBuilt())"

FROM node:22-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=12345 WEB_DIR=/app/web/dist DATA_DIR=/data
COPY --from=build /app /app
USER node
EXPOSE 12345
CMD ["node", "--enable-source-maps", "server/dist/main.js"]
