using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Zvonok.Silo.Cluster;

/// <summary>
/// Settings of the cluster, section <c>Zvonok:Cluster</c>. Silos that share a PostgreSQL database and a name are one cluster and find
/// each other through the database. On SQLite a silo is alone.
/// </summary>
public sealed class ClusterSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "Zvonok:Cluster";

    /// <summary>The cluster's name: clusters of different names on one database know nothing of each other.</summary>
    [RegularExpression("^[A-Za-z0-9._-]{1,100}$", ErrorMessage = Section + ":Name should be 1 to 100 letters, digits, dots, dashes and underscores.")]
    public string Name { get; set; } = "zvonok";

    /// <summary>The IP address of this silo by which the others reach it; it listens there and nowhere else.</summary>
    [Required(ErrorMessage = Section + ":Address should be an IP address, as in 127.0.0.1.")]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>
    /// The port at which the others reach it. What is spoken there is neither encrypted nor authenticated: on an address that is not
    /// loopback, only the network keeps strangers out.
    /// </summary>
    [Range(1, 65535, ErrorMessage = Section + ":SiloPort should be {1} to {2}.")]
    public int SiloPort { get; set; } = 11111;
}

/// <summary>An address that cannot be one stops the start, by name.</summary>
internal sealed class ClusterAddressValidator : IValidateOptions<ClusterSettings>
{
    public ValidateOptionsResult Validate(string? name, ClusterSettings options) =>
        IPAddress.TryParse(options.Address, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{ClusterSettings.Section}:Address is '{options.Address}': it should be the one IP address by which the other silos reach this one, as in 127.0.0.1.");
}
