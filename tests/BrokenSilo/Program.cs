using Zvonok.BrokenSilo;
using Zvonok.Silo;

// The real server, composed as it always is, but for the one thing that the variable names.
var promise = Environment.GetEnvironmentVariable(BrokenPromise.Variable);
await using var app = Composition.BuildServer(builder =>
{
    if (promise == BrokenPromise.Steps) builder.Host.UseServiceProviderFactory(new DeadlyFactory());
    if (promise == BrokenPromise.Commit) builder.Host.UseServiceProviderFactory(new HastyJournalFactory());
});
await app.StartAsync();
if (promise == BrokenPromise.Fence) await FenceRemoval.Run(app.Configuration);
if (promise == BrokenPromise.Pulse) _ = Standstill.Await(app.Configuration);
await app.WaitForShutdownAsync();
