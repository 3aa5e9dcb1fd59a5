using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Zvonok.Domain.Cards;

namespace Zvonok.Load.Rival;

/// <summary>The rival as a server: the silo's web server and settings, another answer behind them.</summary>
internal static class RivalServer
{
    /// <summary>Connections to the database. Measured on two cores: more make it slower.</summary>
    public const int ConnectionsMax = 32;

    /// <summary>Connections are kept and statements prepared; nothing is reset between two requests.</summary>
    public static readonly string ConnectionSettings =
        $"Minimum Pool Size={ConnectionsMax};Maximum Pool Size={ConnectionsMax};Max Auto Prepare=10;Auto Prepare Min Usages=1;No Reset On Close=true";

    // As the silo has it.
    private const int StreamsPerConnectionMax = 1_000;

    /// <summary>Serves until it is told to stop.</summary>
    /// <param name="port">Where, on 127.0.0.1.</param>
    /// <param name="connectionString">The rival's database; null for the empty method.</param>
    /// <param name="key">The secret of card tokens, in hexadecimal digits.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task Serve(int port, string? connectionString, string key, CancellationToken stop)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.Http2.MaxStreamsPerConnection = StreamsPerConnectionMax;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc();
        builder.Services.AddGrpcHealthChecks().AddCheck("rival", () => HealthCheckResult.Healthy());
        builder.Services.Configure<HealthCheckPublisherOptions>(publisher => publisher.Delay = TimeSpan.Zero);
        if (connectionString is not null) await AddDatabase(builder.Services, connectionString, key);

        await using var app = builder.Build();
        app.MapGrpcHealthChecksService();
        if (connectionString is null) MapEmpty(app);
        else app.MapGrpcService<SqlTill>();
        await app.StartAsync(stop);
        await app.WaitForShutdownAsync(stop);
    }

    private static void MapEmpty(WebApplication app)
    {
        app.MapGrpcService<NoopGate>();
        app.MapGrpcService<NoopTill>();
    }

    private static async Task AddDatabase(IServiceCollection services, string connectionString, string key)
    {
        var database = NpgsqlDataSource.Create(connectionString);
        services.AddSingleton(database);
        services.AddSingleton(await Tills.Read(database));
        services.AddSingleton(new TokenKey(Convert.FromHexString(key)));
        services.AddSingleton<IClock>(SystemClock.Instance);
        services.AddSingleton<SqlClass>();
        // One instance for all calls, not one for each: it holds no state.
        services.AddSingleton<SqlTill>();
    }
}
