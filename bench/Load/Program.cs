using System.CommandLine;
using Zvonok.Load.Compare;
using Zvonok.Load.Import;
using Zvonok.Load.Morning;
using Zvonok.Load.Rival;

// A cancelled run still has servers to stop and data to remove.
var patience = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) };
var root = new RootCommand("Measures the core beside its rivals, and a city's morning on it.")
{
    CompareVerb.Create(),
    MorningVerb.Create(),
    ImportVerb.Create(),
    RivalVerb.Create(),
};
return await root.Parse(args).InvokeAsync(patience);
