using System.CommandLine;
using Zvonok.Silo.Verbs;

// Without a verb the silo serves.
var root = new RootCommand("Zvonok: the transaction core of a city's school access and meals service.");
root.SetAction((_, stop) => ServeVerb.Run(stop));
root.Subcommands.Add(AuditVerb.Create());
root.Subcommands.Add(ImportVerb.Create());
return await root.Parse(args).InvokeAsync();
