using System.Net;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using k8s.Models;
using Zvonok.Deploy.Tests.Manifests;

namespace Zvonok.Deploy.Tests.Checks;

/// <summary>The proxy's doors: the right ports, the right silo, certificates that are mounted, and every service behind exactly one of them.</summary>
internal static class Doors
{
    private const string ConfigMap = "zvonok-doors";

    public static IEnumerable<string> Find(Manifest manifest)
    {
        var container = manifest.SiloPod.Container("doors");
        var files = Files(manifest);
        var envoy = Yaml.ToJson(files["envoy.yaml"]);
        var listeners = envoy["static_resources"]!["listeners"]!.AsArray().Select(listener => listener!).ToList();
        return [.. OfPorts(listeners, container), .. OfSilo(envoy, manifest), .. OfServices(listeners), .. OfCallers(listeners), .. OfFiles(files, container)];
    }

    /// <summary>The files of the proxy, by name.</summary>
    public static IDictionary<string, string> Files(Manifest manifest) =>
        manifest.Of<V1ConfigMap>().Single(map => map.Metadata.Name.StartsWith(ConfigMap, StringComparison.Ordinal)).Data;

    private static IEnumerable<string> OfPorts(List<JsonNode> listeners, V1Container container)
    {
        var told = container.Ports.Select(port => (port.Name, port.ContainerPort)).ToHashSet();
        var real = listeners.Select(listener => (Name(listener), Port(listener["address"]!))).ToHashSet();
        foreach (var (name, port) in real.Except(told)) yield return $"The proxy's listener '{name}' is on {port}, which its container does not have under this name.";
        foreach (var (name, port) in told.Except(real)) yield return $"The container of the doors says '{name}' is on {port}, where the proxy does not listen.";
    }

    private static IEnumerable<string> OfSilo(JsonNode envoy, Manifest manifest)
    {
        // What is no address is told with the settings.
        if (!IPEndPoint.TryParse(Settings.Of(manifest).GetValueOrDefault("Zvonok:Listen") ?? new Api.Hosting.ApiOptions().Listen, out var listen)) yield break;
        foreach (var cluster in envoy["static_resources"]!["clusters"]!.AsArray())
            foreach (var endpoint in cluster!["load_assignment"]!["endpoints"]!.AsArray().SelectMany(group => group!["lb_endpoints"]!.AsArray()))
            {
                var socket = endpoint!["endpoint"]!["address"]!["socket_address"]!;
                if ((string)socket["address"]! != listen.Address.ToString() || (long)socket["port_value"]! != listen.Port)
                    yield return $"The proxy sends to {socket["address"]}:{socket["port_value"]}, and the silo listens on {listen}.";
            }
    }

    private static IEnumerable<string> OfServices(List<JsonNode> listeners)
    {
        var doors = listeners.ToDictionary(Name, listener => Prefixes(listener).ToList());
        foreach (var service in Services())
        {
            var open = doors.Where(door => door.Value.Any(prefix => $"/{service}/".StartsWith(prefix, StringComparison.Ordinal))).Select(door => door.Key).ToList();
            if (open.Count != 1) yield return $"{service} is behind {(open.Count == 0 ? "no door" : string.Join(" and ", open))}: k8s/base/doors/envoy.yaml should let it through exactly one.";
        }
    }

    private static IEnumerable<string> OfCallers(List<JsonNode> listeners) =>
        from listener in listeners
        from chain in listener["filter_chains"]!.AsArray()
        let tls = chain!["transport_socket"]?["typed_config"]
        where (bool?)tls?["require_client_certificate"] != true || tls["common_tls_context"]?["validation_context_sds_secret_config"] is null
        select $"The proxy's listener '{Name(listener)}' lets in callers without a certificate.";

    // Every file that one of the proxy's files names is mounted, and every other file of the config map is named.
    private static IEnumerable<string> OfFiles(IDictionary<string, string> files, V1Container container)
    {
        var named = files.Values.SelectMany(text => Strings(Yaml.ToJson(text))).Where(text => text.StartsWith('/') && text.Split('/')[^1].Contains('.', StringComparison.Ordinal) && !text.StartsWith("/zvonok", StringComparison.Ordinal) && !text.StartsWith("/grpc", StringComparison.Ordinal)).ToHashSet();
        foreach (var path in named)
        {
            var directory = path[..path.LastIndexOf('/')];
            if (container.VolumeMounts.FirstOrDefault(mount => mount.MountPath == directory) is not { } mount) yield return $"The proxy reads {path}, which is not mounted.";
            else if (mount.Name == "doors" && !files.ContainsKey(path[(directory.Length + 1)..])) yield return $"The proxy reads {path}, which its config map does not have.";
        }

        foreach (var file in files.Keys.Where(file => file != "envoy.yaml" && !named.Contains($"/etc/envoy/{file}"))) yield return $"Nobody reads the proxy's file {file}.";
    }

    private static IEnumerable<string> Services() =>
        typeof(Gate.V1.GateService).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal) && type.IsAbstract && type.IsSealed)
            .Select(type => type.GetProperty("Descriptor")?.GetValue(null)).OfType<FileDescriptor>()
            .SelectMany(file => file.Services).Select(service => service.FullName);

    private static IEnumerable<string> Prefixes(JsonNode listener) =>
        from chain in listener["filter_chains"]!.AsArray()
        from filter in chain!["filters"]!.AsArray()
        from host in filter!["typed_config"]!["route_config"]!["virtual_hosts"]!.AsArray()
        from route in host!["routes"]!.AsArray()
        select (string)route!["match"]!["prefix"]!;

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Strings(member.Value)),
        JsonArray items => items.SelectMany(Strings),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    private static string Name(JsonNode listener) => (string)listener["name"]!;

    private static int Port(JsonNode address) => checked((int)(long)address["socket_address"]!["port_value"]!);
}
