using System.CommandLine;
using Zvonok.Api.Hosting;
using Zvonok.Load.Alone;
using Zvonok.Load.Compare;
using Zvonok.Load.Devices;
using Zvonok.Load.Feed;
using Zvonok.Load.Hot;
using Zvonok.Load.Import;
using Zvonok.Load.Lists;
using Zvonok.Load.Morning;
using Zvonok.Load.Notices;
using Zvonok.Load.Reads;
using Zvonok.Load.Rival;
using Zvonok.Load.Scale;
using Zvonok.Load.Uploads;

// As the silo does: neither a rival nor the clock of a run shall stand worse than what is measured. A terminal's process has no such pages: on a virtual machine the first touch of one takes 10 ms, which would be its tail.
if (args is not [TerminalsVerb.Name, ..]) HugePages.Prepare();
// A cancelled run still has servers to stop and data to remove.
var patience = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) };
var root = new RootCommand("Measures the core beside its rivals, a city's morning on it, and what further silos cost.")
{
    CompareVerb.Create(),
    MorningVerb.Create(),
    ImportVerb.Create(),
    FeedVerb.Create(),
    ScaleVerb.Create(),
    NoticesVerb.Create(),
    HotVerb.Create(),
    ReadsVerb.Create(),
    ListsVerb.Create(),
    DevicesVerb.Create(),
    UploadsVerb.Create(),
    TerminalsVerb.Create(),
    RivalVerb.Create(),
};
return await root.Parse(args).InvokeAsync(patience);
