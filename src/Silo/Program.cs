using System.CommandLine;
using Zvonok.Silo.Demo;
using Zvonok.Silo.Verbs;

// Without a verb the silo serves.
var root = new RootCommand("Zvonok: the transaction core of a city's school access and meals service.");
root.SetAction((_, stop) => ServeVerb.Run(stop));
root.Subcommands.Add(DemoVerb.Create());
root.Subcommands.Add(AuditVerb.Create());
root.Subcommands.Add(ImportVerb.Create());
root.Subcommands.Add(ReportVerb.Create());
root.Subcommands.Add(DeviceKeysVerb.Create());
// A stop drains, and the host bounds that by itself: nobody shall cut it off earlier.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(45) });
