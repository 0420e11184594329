import { rootCertificates } from "node:tls";
import { type HttpClient, createDefaultHttpClient } from "@azure/core-rest-pipeline";
import { type Cloud, isLoopback, isResourceManager } from "./cloud";

/**
 * What carries requests to a cloud: its own certificate authority counts for its resource manager only, and plain http
 * is let through only to a resource manager on this machine.
 */
export function cloudHttpClient(cloud: Cloud): HttpClient {
  const plain = createDefaultHttpClient();
  const isPlain = cloud.resourceManager.startsWith("http:") && isLoopback(cloud.resourceManager);
  const ca = cloud.ca === undefined ? undefined : [...rootCertificates, cloud.ca];
  if (!isPlain && ca === undefined) return plain;
  // The library keeps one connection pool per settings object.
  const tlsSettings = ca === undefined ? undefined : { ca: ca };
  return {
    sendRequest(request) {
      if (isResourceManager(cloud, request.url)) {
        if (isPlain) request.allowInsecureConnection = true;
        if (tlsSettings !== undefined) request.tlsSettings = tlsSettings;
      }
      return plain.sendRequest(request);
    },
  };
}
