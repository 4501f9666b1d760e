/**
 * Embedding models that run in this process on ONNX Runtime, from files in jars: no network. Plain
 * Java; named by nobody, found with {@link java.util.ServiceLoader}.
 */
package io.mcpserver.embedding.onnx;
