using System.CommandLine;
using Zvonok.Chaos;

var seed = new Option<int>("--seed") { Description = "What operations and faults are drawn from; the same seed draws the same.", Required = true };
var minutes = new Option<double>("--minutes") { Description = "How long clients send and things go wrong.", DefaultValueFactory = _ => 5 };
var silos = new Option<int>("--silos") { Description = "How many silos.", DefaultValueFactory = _ => 3 };
var rate = new Option<int>("--rate") { Description = "Operations a second, over all silos.", DefaultValueFactory = _ => 250 };
var splitBrain = new Option<bool>("--split-brain") { Description = "Every silo is a cluster of its own, so that all write to the same ledgers all the time." };
var broken = new Option<BrokenPromise>("--broken") { Description = "What the silos under test do wrong on purpose; the run has to find it." };
var json = new Option<FileInfo?>("--json") { Description = "Where the report is written; the plot goes beside it as PNG, the silos' logs as TXT when the run is not clean." };
foreach (var count in new[] { silos, rate })
    count.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() <= 0) result.AddError($"{count.Name} should be above zero.");
    });
minutes.Validators.Add(result =>
{
    if (result.GetValueOrDefault<double>() is not (> 0 and <= 24 * 60)) result.AddError("--minutes should be above 0 and at most a day.");
});

var root = new RootCommand("Lets silos, their database and the network between them die under load, and holds what clients were told against the journal. Status 0 only if nothing was breached.")
{
    seed, minutes, silos, rate, splitBrain, broken, json,
};
root.SetAction(async (parsed, stop) =>
{
    var result = await ChaosRun.Play(
        new ChaosSettings
        {
            Seed = parsed.GetValue(seed),
            Length = TimeSpan.FromMinutes(parsed.GetValue(minutes)),
            Silos = parsed.GetValue(silos),
            Rate = parsed.GetValue(rate),
            SplitBrain = parsed.GetValue(splitBrain),
            Broken = parsed.GetValue(broken),
            Json = parsed.GetValue(json),
        },
        Terminal.Say,
        stop);
    await ChaosReport.Save(result, stop);
    Terminal.Show(result);
    return result.IsClean ? 0 : 1;
});
// A cancelled run still has processes to end and data to remove.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
