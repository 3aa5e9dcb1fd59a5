using System.ComponentModel.DataAnnotations;

namespace Zvonok.Grains.Lists;

/// <summary>Settings of the lists for devices without connection (O1), section <c>Zvonok:Lists</c>.</summary>
public sealed class ListOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Zvonok:Lists";

    /// <summary>Hours for which tills sell by a list, and validators let people ride.</summary>
    [Range(1, 336, ErrorMessage = Section + ":ValidHours should be {1} to {2}.")]
    public int ValidHours { get; set; } = 72;

    /// <summary>Seconds for which a list is taken for true without looking again. So often at most is a building read, however many devices ask.</summary>
    [Range(1, 300, ErrorMessage = Section + ":FreshSeconds should be {1} to {2}.")]
    public int FreshSeconds { get; set; } = 5;

    /// <summary>Seconds after which a device is told to ask again; each is told something else, from three quarters of it to five.</summary>
    [Range(5, 3_600, ErrorMessage = Section + ":FetchSeconds should be {1} to {2}.")]
    public int FetchSeconds { get; set; } = 60;

    /// <summary>Versions of a list from which a delta leads to the newest; a device that is further back has the whole list.</summary>
    [Range(1, 1_000, ErrorMessage = Section + ":StepsMax should be {1} to {2}.")]
    public int StepsMax { get; set; } = 60;
}
