using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Zvonok.Api.Hosting;

/// <summary>Settings of the doors, section <c>Zvonok</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Zvonok";

    /// <summary>Where gRPC (HTTP/2 without TLS) is served. Loopback only, until callers are authenticated.</summary>
    [Required]
    public string Listen { get; set; } = "127.0.0.1:5080";

    /// <summary>
    /// Operations in progress at the same time; one more is refused at once with RESOURCE_EXHAUSTED. What waits longer than a device does
    /// is work for nobody, so it is a thousand for each processor: half a second of work, when code and data are cold
    /// (docs/decisions/0011-operations-in-progress.md).
    /// </summary>
    [Range(1, 1_000_000, ErrorMessage = Section + ":OperationsInProgressMax should be {1} to {2}.")]
    public int OperationsInProgressMax { get; set; } = 1_000 * Environment.ProcessorCount;

    /// <summary>Connections at the same time.</summary>
    [Range(1, 1_000_000, ErrorMessage = Section + ":ConnectionsMax should be {1} to {2}.")]
    public int ConnectionsMax { get; set; } = 20_000;

    /// <summary>Readers of the feed at the same time; one more is refused at once with RESOURCE_EXHAUSTED. Each may hold some 3 MB.</summary>
    [Range(0, 10_000, ErrorMessage = Section + ":WatchesMax should be {1} to {2}.")]
    public int WatchesMax { get; set; } = 64;

    /// <summary>Histories that are written to files at the same time; one more is refused at once with RESOURCE_EXHAUSTED. Each holds some 200 lines.</summary>
    [Range(0, 1_000, ErrorMessage = Section + ":ExportsMax should be {1} to {2}.")]
    public int ExportsMax { get; set; } = 16;

    /// <summary><see cref="Listen"/> as an end point.</summary>
    internal IPEndPoint EndPoint => IPEndPoint.Parse(Listen);
}

/// <summary>Keeps the server on loopback while there is no authentication.</summary>
internal sealed class ApiOptionsValidator : IValidateOptions<ApiOptions>
{
    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        if (!IPEndPoint.TryParse(options.Listen, out var endPoint) || endPoint.Port == 0)
            return ValidateOptionsResult.Fail($"Zvonok:Listen is '{options.Listen}': it should be an address and a port, as in 127.0.0.1:5080.");
        return IPAddress.IsLoopback(endPoint.Address)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Zvonok:Listen is '{options.Listen}': callers are not authenticated yet, so only a loopback address such as 127.0.0.1:5080 is served.");
    }
}
