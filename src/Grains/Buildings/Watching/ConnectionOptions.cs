using System.ComponentModel.DataAnnotations;

namespace Zvonok.Grains.Buildings.Watching;

/// <summary>Settings of the devices' streams, section <c>Zvonok:Connections</c>.</summary>
public sealed class ConnectionOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Zvonok:Connections";

    /// <summary>Devices of one stream (P9, D3): a controller's gates.</summary>
    public const int DevicesMax = 64;

    /// <summary>Facts that a device may say are queued (D3): many weeks of the busiest gate.</summary>
    public const long QueuedFactsMax = 1_000_000;

    /// <summary>A stream from which nothing came for so many intervals is ended.</summary>
    internal const int SilentIntervals = 3;

    /// <summary>Seconds after which a device says that it lives; the core tells it. A city's 15,000 devices at rest cost most of what they cost by this.</summary>
    [Range(1, 300, ErrorMessage = Section + ":HeartbeatSeconds should be {1} to {2}.")]
    public int HeartbeatSeconds { get; set; } = 30;

    /// <summary>Streams on this silo whose devices have said hello (D3); the next is refused with RESOURCE_EXHAUSTED.</summary>
    [Range(1, 1_000_000, ErrorMessage = Section + ":StreamsMax should be {1} to {2}.")]
    public int StreamsMax { get; set; } = 20_000;

    /// <summary>Seconds without a connection to any silo after which a device is silent, which is an alarm (S4).</summary>
    [Range(5, 86_400, ErrorMessage = Section + ":SilentSeconds should be {1} to {2}.")]
    public int SilentSeconds { get; set; } = 60;

    /// <summary>Seconds after which this silo tells every building again that it watches it. So long at most a mode goes unheard when the silo dies on which the building lived.</summary>
    [Range(1, 10, ErrorMessage = Section + ":RenewSeconds should be {1} to {2}.")]
    public int RenewSeconds { get; set; } = 5;

    /// <summary>Facts a second that all devices together may upload to this silo (O7).</summary>
    [Range(1, 1_000_000, ErrorMessage = Section + ":UploadsPerSecond should be {1} to {2}.")]
    public int UploadsPerSecond { get; set; } = 2_000;

    /// <summary>Facts a second that one device may upload (O7).</summary>
    [Range(1, 100_000, ErrorMessage = Section + ":DeviceUploadsPerSecond should be {1} to {2}.")]
    public int DeviceUploadsPerSecond { get; set; } = 100;
}
