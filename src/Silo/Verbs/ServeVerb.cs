using Zvonok.Api.Hosting;
using Zvonok.Journal;

namespace Zvonok.Silo.Verbs;

/// <summary>Serves until SIGTERM or Ctrl-C, then drains.</summary>
internal static class ServeVerb
{
    public static Task<int> Run(CancellationToken stop) => Guard.Run(async () =>
    {
        var smallPages = HugePages.Prepare();
        await using var app = Composition.BuildServer();
        if (smallPages is not null) app.Logger.LogSmallPages(smallPages);
        Composition.LoadSecrets(app.Services);
        await app.StartAsync(stop);
        var store = app.Services.GetRequiredService<JournalStartup>().StoreName;
        app.Logger.LogServing(app.Configuration["Zvonok:Listen"] ?? "127.0.0.1:5080", store);
        await app.WaitForShutdownAsync(stop);
        return 0;
    });
}

/// <summary>What the executable says; events 3000–3099.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "Zvonok serves gRPC on {Address}; its journal is {Store}")]
    public static partial void LogServing(this ILogger logger, string address, string store);

    [LoggerMessage(3001, LogLevel.Warning, "The heap stays on pages of 4 kB, and answers take longer under load: {Reason}. Set transparent huge pages to madvise or always")]
    public static partial void LogSmallPages(this ILogger logger, string reason);
}
