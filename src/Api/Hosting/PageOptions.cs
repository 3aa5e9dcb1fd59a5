using System.Net;
using Microsoft.Extensions.Options;

namespace Zvonok.Api.Hosting;

/// <summary>Settings of the pages that a browser prints, section <c>Zvonok:Pages</c>.</summary>
public sealed class PageOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = ApiOptions.Section + ":Pages";

    /// <summary>Where they are served, such as 127.0.0.1:8082: loopback only, until callers are authenticated. Empty: off; <c>SchoolService.ExportRollCall</c> gives the same page.</summary>
    public string Listen { get; set; } = "";
}

/// <summary>Keeps the pages on loopback.</summary>
internal sealed class PageOptionsValidator : IValidateOptions<PageOptions>
{
    public ValidateOptionsResult Validate(string? name, PageOptions options) =>
        options.Listen.Length == 0 || (IPEndPoint.TryParse(options.Listen, out var endPoint) && endPoint.Port > 0 && IPAddress.IsLoopback(endPoint.Address))
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{PageOptions.Section}:Listen is '{options.Listen}': it should be a loopback address and a port, as in 127.0.0.1:8082, or empty.");
}
