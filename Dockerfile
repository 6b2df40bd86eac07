FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY tsconfig.json ./
COPY server ./server
COPY storefront-snippet ./storefront-snippet
RUN mkdir /data && chown node /data
USER node
ENV HOST=0.0.0.0 PORT=4747 DATA_DIR=/data
EXPOSE 4747
CMD ["node", "server/refledger.mjs", "serve"]
