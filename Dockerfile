# The same image that ./mvnw package -Pimage makes, for those who have a daemon:
#
#   docker build -t mcp-server .
#
# Builder and base may be replaced: --build-arg BUILDER=… --build-arg BASE=…
ARG BUILDER=eclipse-temurin:25-jdk
ARG BASE=debian:bookworm-slim

FROM ${BUILDER} AS build
WORKDIR /source
COPY . .
RUN ./mvnw -B -ntp -q package -DskipTests -Pimage -Djib.skip=true -Dimage.architecture="$(uname -m | sed 's/x86_64/amd64/; s/aarch64/arm64/')" \
    && chmod 777 target/image/app/data

FROM ${BASE}
COPY --from=build /source/target/image/app /app
WORKDIR /app
ENV MCP_HOST=0.0.0.0 \
    MCP_STORAGE_PATH=/app/data \
    MALLOC_ARENA_MAX=2
USER 10001:10001
EXPOSE 8000
VOLUME /app/data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=6s --start-period=20s CMD ["/app/bin/healthy"]
ENTRYPOINT ["/app/bin/mcp-server"]
LABEL org.opencontainers.image.title="mcp-server" \
      org.opencontainers.image.description="An MCP server that gives AI agents durable storage and search." \
      org.opencontainers.image.licenses="MIT"
