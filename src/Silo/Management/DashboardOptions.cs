using System.Net;
using Microsoft.Extensions.Options;

namespace Zvonok.Silo.Management;

/// <summary>Settings of the Orleans Dashboard, section <c>Zvonok:Dashboard</c>.</summary>
public sealed class DashboardOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Zvonok:Dashboard";

    /// <summary>
    /// Where the dashboard is served, such as 127.0.0.1:8081: loopback only, since it asks nobody who they are. Empty: off, and nothing of
    /// it runs. When on, a filter stands before every grain call, and all silos of the cluster need it, as its grain may live in any of them.
    /// </summary>
    public string Listen { get; set; } = "";
}

/// <summary>Keeps the dashboard on loopback.</summary>
internal sealed class DashboardOptionsValidator : IValidateOptions<DashboardOptions>
{
    public ValidateOptionsResult Validate(string? name, DashboardOptions options) =>
        options.Listen.Length == 0 || (IPEndPoint.TryParse(options.Listen, out var endPoint) && endPoint.Port != 0 && IPAddress.IsLoopback(endPoint.Address))
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{DashboardOptions.Section}:Listen is '{options.Listen}': it should be a loopback address and a port, as in 127.0.0.1:8081, or empty.");
}
