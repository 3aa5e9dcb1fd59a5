using System.ComponentModel.DataAnnotations;

namespace Zvonok.Silo;

/// <summary>Settings of the cluster, section <c>Zvonok:Cluster</c>. One silo on this machine for now.</summary>
public sealed class ClusterPorts
{
    /// <summary>The section's name.</summary>
    public const string Section = "Zvonok:Cluster";

    /// <summary>Silos talk to one another here, on loopback.</summary>
    [Range(1, 65535, ErrorMessage = Section + ":SiloPort should be {1} to {2}.")]
    public int SiloPort { get; set; } = 11111;

    /// <summary>Orleans clients connect here, on loopback.</summary>
    [Range(1, 65535, ErrorMessage = Section + ":GatewayPort should be {1} to {2}.")]
    public int GatewayPort { get; set; } = 30000;
}
