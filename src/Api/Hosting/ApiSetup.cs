using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Zvonok.Api.Connections;
using Zvonok.Api.Family;
using Zvonok.Api.City;
using Zvonok.Api.Feed;
using Zvonok.Api.Gate;
using Zvonok.Api.Lists;
using Zvonok.Api.Office;
using Zvonok.Api.Registry;
using Zvonok.Api.School;
using Zvonok.Api.Shapes;
using Zvonok.Api.Till;

namespace Zvonok.Api.Hosting;

/// <summary>Composition of the doors.</summary>
public static class ApiSetup
{
    /// <summary>Devices send a few hundred bytes; a sale of 50 lines is below 8 KiB (D3).</summary>
    private const int MessageSizeMax = 64 * 1024;

    /// <summary>
    /// Four times what an import's message may have (D3): the door itself refuses what is too large. Beyond this the library refuses without
    /// reading on; a client that is still sending then may lose its connection, or wait for ever, instead of hearing why.
    /// </summary>
    private const int ImportMessageSizeRead = 4 * RegistryGrpcService.MessageSizeMax;

    /// <summary>Adds the gRPC services, their limits, health and reflection, on the configured address.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="isReady">Whether money and passages can be recorded now: what the health service tells.</param>
    public static void AddZvonokApi(this WebApplicationBuilder builder, Func<IServiceProvider, bool> isReady)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<ApiOptions>().BindConfiguration(ApiOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsValidator>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelSetup>();
        builder.AddZvonokPages();
        services.AddSingleton<OperationMetrics>();
        services.AddSingleton<Door>();
        services.AddSingleton<ConnectionServices>();
        services.AddSingleton<CardTokens>();
        services.AddSingleton<TapDoor>();
        services.AddSingleton<GateDoor>();
        services.AddSingleton<VerifyDoor>();
        services.AddSingleton<HandOverDoor>();
        services.AddSingleton<Employees>();
        services.AddSingleton<SaleDoor>();
        services.AddSingleton<Holders>();
        services.AddSingleton<TillFacts>();
        services.AddSingleton<PassageDoor>();
        services.AddSingleton<GateFacts>();
        services.AddSingleton<RideDoor>();
        services.AddSingleton<FeeDoor>();
        services.AddSingleton<OrderDoor>();
        services.AddSingleton<ClassDoor>();
        services.AddSingleton<MenuDoor>();
        services.AddSingleton<MenuListDoor>();
        services.AddSingleton<CardDoor>();
        services.AddSingleton<CardLists>();
        services.AddSingleton<ListDoor>();
        services.AddSingleton<OfflinePolicyDoor>();
        services.AddSingleton<SafetyDoor>();
        services.AddSingleton<RollCallDoor>();
        services.AddSingleton<AlarmDoor>();
        services.AddSingleton<KioskDoor>();
        services.AddSingleton<VisitorDoor>();
        services.AddSingleton<RegistryIntake>();
        services.AddSingleton<LineStream>();
        services.AddSingleton<ReportStreams>();
        services.AddSingleton<HistoryDoor>();
        // One of each for all calls: they hold no state, and gRPC would make new ones for every call.
        services.AddSingleton<FaultInterceptor>();
        services.AddSingleton<GateGrpcService>();
        services.AddSingleton<TillGrpcService>();
        services.AddSingleton<FamilyGrpcService>();
        services.AddSingleton<OfficeGrpcService>();
        services.AddSingleton<SchoolGrpcService>();
        services.AddSingleton<RegistryGrpcService>();
        services.AddSingleton<FeedGrpcService>();
        services.AddSingleton<CityGrpcService>();
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MessageSizeMax;
            grpc.IgnoreUnknownServices = true; // CallStart answers for them.
        })
            .AddServiceOptions<FamilyGrpcService>(grpc => grpc.Interceptors.Add<FaultInterceptor>())
            .AddServiceOptions<OfficeGrpcService>(grpc => grpc.Interceptors.Add<FaultInterceptor>())
            .AddServiceOptions<SchoolGrpcService>(grpc => grpc.Interceptors.Add<FaultInterceptor>())
            .AddServiceOptions<FeedGrpcService>(grpc => grpc.Interceptors.Add<FaultInterceptor>())
            .AddServiceOptions<CityGrpcService>(grpc => grpc.Interceptors.Add<FaultInterceptor>())
            .AddServiceOptions<RegistryGrpcService>(grpc =>
            {
                grpc.MaxReceiveMessageSize = ImportMessageSizeRead;
                grpc.Interceptors.Add<FaultInterceptor>();
            });
        services.AddGrpcReflection();
        // Told as published, once a second: a watch that were told of an outage by a look of its own would never hear the end of one that falls
        // between two publications.
        services.AddGrpcHealthChecks(health => health.UseHealthChecksCache = true)
            .Add(new HealthCheckRegistration("journal", provider => new ReadyCheck(() => isReady(provider)), null, null));
        services.Configure<HealthCheckPublisherOptions>(publisher =>
        {
            publisher.Delay = TimeSpan.Zero;
            publisher.Period = TimeSpan.FromSeconds(1);
        });
    }

    /// <summary>Whether the doors have so much to do that what can wait should.</summary>
    public static bool AreDoorsBusy(IServiceProvider services) => services.GetRequiredService<Door>().IsBusy;

    /// <summary>Opens the doors.</summary>
    public static void MapZvonokApi(this WebApplication app)
    {
        app.Use(new CallStart(app.Services).Handle);
        app.MapGrpcService<GateGrpcService>();
        app.MapGrpcService<TillGrpcService>();
        app.MapGrpcService<FamilyGrpcService>();
        app.MapGrpcService<OfficeGrpcService>();
        app.MapGrpcService<SchoolGrpcService>();
        app.MapGrpcService<RegistryGrpcService>();
        app.MapGrpcService<FeedGrpcService>();
        app.MapGrpcService<CityGrpcService>();
        app.MapZvonokPages();
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
    }

    private sealed class ReadyCheck(Func<bool> isReady) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(isReady() ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The journal's database does not answer."));
    }

    private sealed class KestrelSetup(IOptions<ApiOptions> api) : IConfigureOptions<KestrelServerOptions>
    {
        public void Configure(KestrelServerOptions kestrel)
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = api.Value.ConnectionsMax;
            // A controller or a load tool keeps many calls open on one connection.
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1_000;
            kestrel.Listen(api.Value.EndPoint, listen => listen.Protocols = HttpProtocols.Http2);
        }
    }
}
