using System.CommandLine;

namespace Zvonok.Load;

/// <summary>Options that several verbs have.</summary>
internal static class Options
{
    /// <summary>A number above zero.</summary>
    public static Option<int> Count(string name, string description, int? usual = null)
    {
        var option = new Option<int>(name) { Description = description, Required = usual is null };
        if (usual is { } value) option.DefaultValueFactory = _ => value;
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() <= 0) result.AddError($"{name} should be above zero.");
        });
        return option;
    }

    /// <summary>Where the report goes; the plot goes beside it.</summary>
    public static Option<FileInfo?> Json() => new("--json") { Description = "Where the report is written; the plot goes beside it as PNG." };

    /// <summary>Which of the core's two stores.</summary>
    public static Option<Store> Store() => new("--store") { Description = "Where the core keeps its journal.", DefaultValueFactory = _ => Setup.Store.Postgres };
}
