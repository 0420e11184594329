import { isAllowed } from "../access";
import { resourceNotFound } from "../errors";
import { type Answer, ok } from "../http";
import { groupIdOf, isWithin, nameOf, sameId } from "../ids";
import { type NetworkState, type SubnetState, type WorldState } from "../model";
import { pageOf } from "../paging";
import { guidOf } from "../random";
import { type Context, groupScope, type Route, subscriptionScope } from "../route";
import { nodesIn } from "../subnets";

const provider = "providers/Microsoft.Network/virtualNetworks";
const read = "Microsoft.Network/virtualNetworks/read";
const group = `/subscriptions/{s}/resourceGroups/{g}/${provider}`;

export const networkRoutes: readonly Route[] = [
  {
    method: "GET",
    pattern: `/subscriptions/{s}/${provider}`,
    handle: (context) => list(context, subscriptionScope(context)),
  },
  { method: "GET", pattern: group, handle: (context) => list(context, groupScope(context)) },
  { method: "GET", pattern: `${group}/{v}`, action: read, handle: get },
  { method: "GET", pattern: `${group}/{v}/subnets`, action: read, handle: listSubnets },
  { method: "GET", pattern: `${group}/{v}/subnets/{n}`, action: read, handle: getSubnet },
];

function list(context: Context, scope: string): Answer {
  const { state, claims } = context;
  const mine = state.networks.filter(
    (network) => isWithin(network.id, scope) && isAllowed(state, claims.oid, read, network.id),
  );
  return pageOf(
    context,
    mine.map((network) => networkBody(state, network)),
  );
}

function find(context: Context): NetworkState {
  const id = `${groupScope(context)}/${provider}/${context.params["v"] ?? ""}`;
  const network = context.state.networks.find((candidate) => sameId(candidate.id, id));
  if (network === undefined) throw resourceNotFound(`Microsoft.Network/virtualNetworks/${nameOf(id)}`, id);
  return network;
}

function get(context: Context): Answer {
  return ok(networkBody(context.state, find(context)));
}

function listSubnets(context: Context): Answer {
  const network = find(context);
  return pageOf(
    context,
    network.subnets.map((subnet) => subnetBody(context.state, network, subnet)),
  );
}

function getSubnet(context: Context): Answer {
  const network = find(context);
  const subnet = network.subnets.find((candidate) => sameId(candidate.name, context.params["n"] ?? ""));
  if (subnet === undefined)
    throw resourceNotFound(`Microsoft.Network/virtualNetworks/subnets/${nameOf(context.path)}`, context.path);
  return ok(subnetBody(context.state, network, subnet));
}

function networkBody(state: WorldState, network: NetworkState): unknown {
  return {
    name: nameOf(network.id),
    id: network.id,
    etag: etagOf(network.id),
    type: "Microsoft.Network/virtualNetworks",
    location: network.location,
    tags: {},
    properties: {
      provisioningState: "Succeeded",
      resourceGuid: guidOf(`network ${network.id}`),
      addressSpace: { addressPrefixes: [network.addressPrefix] },
      subnets: network.subnets.map((subnet) => subnetBody(state, network, subnet)),
      virtualNetworkPeerings: [],
      enableDdosProtection: false,
    },
  };
}

function etagOf(id: string): string {
  return `W/"${guidOf(`etag ${id}`)}"`;
}

function subnetBody(state: WorldState, network: NetworkState, subnet: SubnetState): unknown {
  const id = `${network.id}/subnets/${subnet.name}`;
  const used = subnet.otherAddresses + nodesIn(state, id);
  const interfaces = `${groupIdOf(network.id)}/providers/Microsoft.Network/networkInterfaces`;
  return {
    name: subnet.name,
    id,
    etag: etagOf(id),
    type: "Microsoft.Network/virtualNetworks/subnets",
    properties: {
      provisioningState: "Succeeded",
      addressPrefix: subnet.addressPrefix,
      ...(used === 0
        ? {}
        : {
            ipConfigurations: Array.from({ length: used }, (_, index) => ({
              id: `${interfaces}/nic-${subnet.name}-${index + 1}/ipConfigurations/ipconfig`,
            })),
          }),
      serviceEndpoints: [],
      delegations:
        subnet.delegation === undefined
          ? []
          : [
              {
                name: "delegation",
                id: `${id}/delegations/delegation`,
                etag: etagOf(`${id}/delegations`),
                type: "Microsoft.Network/virtualNetworks/subnets/delegations",
                properties: { provisioningState: "Succeeded", serviceName: subnet.delegation, actions: [] },
              },
            ],
      privateEndpointNetworkPolicies: subnet.privateEndpointNetworkPolicies,
      privateLinkServiceNetworkPolicies: subnet.privateLinkServiceNetworkPolicies,
    },
  };
}
