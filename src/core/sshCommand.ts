import { type ClusterNode, type ComputeCluster } from "./cluster";

/**
 * The command that opens a shell on a node, as Studio's node list gives it; undefined where SSH is closed or the node has no
 * public address. User name and address come from Azure: what a shell could read otherwise makes no command.
 */
export function sshCommand(cluster: ComputeCluster, node: ClusterNode): string | undefined {
  const { publicIpAddress: address, port } = node;
  const { remoteLogin, adminUserName: user } = cluster;
  if (remoteLogin === "disabled" || address === undefined || user === undefined) return undefined;
  if (!/^[a-z_][a-z0-9_-]*$/i.test(user) || !/^[0-9a-f.:]+$/i.test(address)) return undefined;
  return port === undefined ? `ssh ${user}@${address}` : `ssh ${user}@${address} -p ${port}`;
}
