# The same join as `podreg instances`, over `kubectl get endpoints,service,pods -o json`.
(.items | map(select(.kind == "Pod")) | map({key: .metadata.name, value: (.metadata.annotations // {})["io.dubbo/metadata"]}) | from_entries) as $pods
| (.items[] | select(.kind == "Endpoints")) as $endpoints
| ([$endpoints.subsets[]?.ports[]?.port] | unique) as $ports
| [$endpoints.subsets[]?.addresses[]? as $address | $ports[] as $port | $pods[$address.targetRef.name] as $metadata
   | select($metadata) | {host: $address.ip, port: $port, pod: $address.targetRef.name, metadata: ($metadata | fromjson)}]
