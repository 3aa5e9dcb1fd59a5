using System.Net;
using Microsoft.Extensions.Options;

namespace Zvonok.Silo.Management;

/// <summary>Settings of the management listener, section <c>Zvonok:Management</c>.</summary>
public sealed class ManagementOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Zvonok:Management";

    /// <summary>
    /// Where metrics and health are served, as plain HTTP. Any address is allowed: nothing can be changed there, and nothing that it
    /// tells is about a person. Port 0 takes any free port; the log tells which.
    /// </summary>
    public string Listen { get; set; } = "127.0.0.1:9464";

    /// <summary><see cref="Listen"/> as an end point.</summary>
    internal IPEndPoint EndPoint => IPEndPoint.Parse(Listen);
}

/// <summary>An address that cannot be listened on stops the start.</summary>
internal sealed class ManagementOptionsValidator : IValidateOptions<ManagementOptions>
{
    public ValidateOptionsResult Validate(string? name, ManagementOptions options) =>
        options.Listen.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(options.Listen, out _)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{ManagementOptions.Section}:Listen is '{options.Listen}': it should be an address and a port, as in 127.0.0.1:9464.");
}
