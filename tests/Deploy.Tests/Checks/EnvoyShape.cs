using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Zvonok.Deploy.Tests.Manifests;
using Zvonok.Processes;

namespace Zvonok.Deploy.Tests.Checks;

/// <summary>The proxy's files have the shape of Envoy's own protocol buffers: each field is there, and its value is of its kind.</summary>
internal sealed partial class EnvoyShape
{
    private const string Bootstrap = "envoy.config.bootstrap.v3.Bootstrap";
    private const string Discovered = "envoy.service.discovery.v3.DiscoveryResponse";

    private static readonly string[] Roots =
    [
        "envoy/config/bootstrap/v3/bootstrap.proto",
        "envoy/extensions/filters/http/router/v3/router.proto",
        "envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto",
        "envoy/extensions/transport_sockets/tls/v3/tls.proto",
        "envoy/extensions/upstreams/http/v3/http_protocol_options.proto",
        "envoy/service/discovery/v3/discovery.proto",
    ];

    private static readonly Lazy<Task<EnvoyShape>> Loaded = new(Load);

    private readonly Dictionary<string, MessageDescriptor> _messages;

    private EnvoyShape(IEnumerable<FileDescriptor> files) =>
        _messages = files.SelectMany(file => file.MessageTypes).SelectMany(All).ToDictionary(message => message.FullName);

    public static async Task<IEnumerable<string>> Find(Manifest manifest)
    {
        var shape = await Loaded.Value;
        return Doors.Files(manifest).SelectMany(file =>
            shape.Check(Yaml.ToJson(file.Value), shape._messages[file.Key == "envoy.yaml" ? Bootstrap : Discovered], file.Key)).ToList();
    }

    private IEnumerable<string> Check(JsonNode? value, MessageDescriptor message, string at) => (message.FullName, value) switch
    {
        ("google.protobuf.Any", JsonObject any) => CheckAny(any, at),
        ("google.protobuf.Duration", _) => Is(value is JsonValue text && text.TryGetValue<string>(out var time) && DurationText().IsMatch(time), at, "a time such as 1.5s"),
        (var wrapped, _) when wrapped.StartsWith("google.protobuf.", StringComparison.Ordinal) && wrapped.EndsWith("Value", StringComparison.Ordinal) => CheckScalar(value, message.Fields["value"], at),
        (_, JsonObject members) => members.SelectMany(member => CheckMember(member.Key, member.Value, message, $"{at}: {member.Key}")),
        _ => [$"{at} should be a {message.FullName}."],
    };

    private IEnumerable<string> CheckAny(JsonObject any, string at)
    {
        var url = (string?)any["@type"] ?? "";
        return _messages.TryGetValue(url.Split('/')[^1], out var message)
            ? any.Where(member => member.Key != "@type").SelectMany(member => CheckMember(member.Key, member.Value, message, $"{at}: {member.Key}"))
            : [$"{at} has a type that Envoy does not know: {url}."];
    }

    private IEnumerable<string> CheckMember(string name, JsonNode? value, MessageDescriptor message, string at)
    {
        var field = message.Fields.InDeclarationOrder().FirstOrDefault(field => field.Name == name || field.JsonName == name);
        if (field is null) return [$"{at} is no field of {message.FullName}."];
        if (field.IsMap) return value is JsonObject map ? map.SelectMany(entry => CheckOne(entry.Value, field.MessageType.Fields[2], $"{at}: {entry.Key}")) : [$"{at} should be a map."];
        if (field.IsRepeated) return value is JsonArray items ? items.SelectMany((item, i) => CheckOne(item, field, $"{at}[{i}]")) : [$"{at} should be a list."];
        return CheckOne(value, field, at);
    }

    private IEnumerable<string> CheckOne(JsonNode? value, FieldDescriptor field, string at) =>
        field.FieldType == FieldType.Message ? Check(value, field.MessageType, at) : CheckScalar(value, field, at);

    private static IEnumerable<string> CheckScalar(JsonNode? value, FieldDescriptor field, string at) => field.FieldType switch
    {
        FieldType.Bool => Is(value is JsonValue it && it.TryGetValue<bool>(out _), at, "true or false"),
        FieldType.String or FieldType.Bytes => Is(value is JsonValue it && it.TryGetValue<string>(out _), at, "a text"),
        FieldType.Enum => Is(value is JsonValue it && it.TryGetValue<string>(out var name) && field.EnumType.FindValueByName(name) is not null, at, $"a {field.EnumType.FullName}"),
        _ => Is(value is JsonValue it && it.TryGetValue<long>(out _), at, "a number"),
    };

    private static IEnumerable<string> Is(bool right, string at, string wanted) => right ? [] : [$"{at} should be {wanted}."];

    private static IEnumerable<MessageDescriptor> All(MessageDescriptor message) => [message, .. message.NestedTypes.SelectMany(All)];

    private static async Task<EnvoyShape> Load()
    {
        using var directory = new TemporaryDirectory("zvonok-envoy");
        var api = await Tools.Path("envoy-api");
        var set = Path.Combine(directory.Path, "set");
        // Envoy's protos are annotated for a validator whose older edition lies beside them, without one of its annotations.
        var validator = Path.Combine("validate", "validate.proto");
        directory.Make("validate");
        await File.WriteAllTextAsync(
            Path.Combine(directory.Path, validator),
            (await File.ReadAllTextAsync(Path.Combine(api, "protoc-gen-validate", validator)))
                .Replace("message StringRules {", "message StringRules { optional bool ignore_empty = 99;", StringComparison.Ordinal));
        await Command.Require(Metadata("Protoc"),
        [
            .. ((string[])[directory.Path, Path.Combine(api, "envoy-api"), Path.Combine(api, "xds"), Path.Combine(api, "googleapis"), Metadata("ProtocIncludes")]).Select(path => $"-I{path}"),
            "--include_imports", $"--descriptor_set_out={set}", .. Roots,
        ]);
        var files = FileDescriptorSet.Parser.ParseFrom(await File.ReadAllBytesAsync(set)).File.Select(file => file.ToByteString());
        return new EnvoyShape(FileDescriptor.BuildFromByteStrings(files));
    }

    private static string Metadata(string key) =>
        typeof(EnvoyShape).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;

    [GeneratedRegex(@"^\d+(\.\d{1,9})?s$")]
    private static partial Regex DurationText();
}
