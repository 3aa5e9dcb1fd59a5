using k8s;
using k8s.Models;
using YamlDotNet.Serialization;

namespace Zvonok.Deploy.Tests.Manifests;

// CloudNativePG's own kinds, as far as they are used here, with the names of its published definitions. A field that is not here is
// refused: who needs one looks it up there and adds it.

/// <summary>A PostgreSQL cluster.</summary>
public sealed class CnpgCluster : CustomObject
{
    public CnpgClusterSpec Spec { get; set; } = new();
}

public sealed class CnpgClusterSpec
{
    public int Instances { get; set; }

    public string ImageName { get; set; } = "";

    public CnpgMetadata? InheritedMetadata { get; set; }

    public CnpgBootstrap? Bootstrap { get; set; }

    public CnpgPostgresql? Postgresql { get; set; }

    public CnpgStorage? Storage { get; set; }

    public CnpgStorage? WalStorage { get; set; }

    public V1ResourceRequirements? Resources { get; set; }

    public CnpgAffinity? Affinity { get; set; }

    public string? PrimaryUpdateStrategy { get; set; }

    public string? PrimaryUpdateMethod { get; set; }

    [YamlMember(Alias = "enablePDB", ApplyNamingConventions = false)]
    public bool? EnablePdb { get; set; }

    public List<CnpgPlugin> Plugins { get; set; } = [];
}

public sealed class CnpgMetadata
{
    public Dictionary<string, string> Labels { get; set; } = [];
}

public sealed class CnpgBootstrap
{
    public CnpgInitdb? Initdb { get; set; }
}

public sealed class CnpgInitdb
{
    public string Database { get; set; } = "";

    public string Owner { get; set; } = "";

    public bool? DataChecksums { get; set; }
}

public sealed class CnpgPostgresql
{
    public CnpgSynchronous? Synchronous { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = [];
}

public sealed class CnpgSynchronous
{
    public string Method { get; set; } = "";

    public int Number { get; set; }

    public string? DataDurability { get; set; }
}

public sealed class CnpgStorage
{
    public string Size { get; set; } = "";

    public string? StorageClass { get; set; }
}

public sealed class CnpgAffinity
{
    public bool? EnablePodAntiAffinity { get; set; }

    public string? PodAntiAffinityType { get; set; }

    public string? TopologyKey { get; set; }
}

public sealed class CnpgPlugin
{
    public string Name { get; set; } = "";

    [YamlMember(Alias = "isWALArchiver", ApplyNamingConventions = false)]
    public bool? IsWalArchiver { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = [];
}

/// <summary>A backup by the clock.</summary>
public sealed class CnpgScheduledBackup : CustomObject
{
    public CnpgScheduledBackupSpec Spec { get; set; } = new();
}

public sealed class CnpgScheduledBackupSpec
{
    public string Schedule { get; set; } = "";

    public string? BackupOwnerReference { get; set; }

    public CnpgReference Cluster { get; set; } = new();

    public string? Method { get; set; }

    public CnpgReference? PluginConfiguration { get; set; }
}

public sealed class CnpgReference
{
    public string Name { get; set; } = "";
}

/// <summary>Where backups go.</summary>
public sealed class CnpgObjectStore : CustomObject
{
    public CnpgObjectStoreSpec Spec { get; set; } = new();
}

public sealed class CnpgObjectStoreSpec
{
    public string? RetentionPolicy { get; set; }

    public CnpgObjectStoreConfiguration Configuration { get; set; } = new();
}

public sealed class CnpgObjectStoreConfiguration
{
    public string DestinationPath { get; set; } = "";

    [YamlMember(Alias = "endpointURL", ApplyNamingConventions = false)]
    public string? EndpointUrl { get; set; }

    [YamlMember(Alias = "s3Credentials", ApplyNamingConventions = false)]
    public CnpgS3Credentials? S3Credentials { get; set; }

    public CnpgCompression? Wal { get; set; }

    public CnpgCompression? Data { get; set; }
}

public sealed class CnpgS3Credentials
{
    public V1SecretKeySelector? AccessKeyId { get; set; }

    public V1SecretKeySelector? SecretAccessKey { get; set; }
}

public sealed class CnpgCompression
{
    public string? Compression { get; set; }
}

/// <summary>What all of them have.</summary>
public abstract class CustomObject : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta Metadata { get; set; } = new();
}
