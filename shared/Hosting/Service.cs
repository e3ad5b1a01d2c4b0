using CrmPlatform.Hosting.Database;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Hosting.Ops;
using CrmPlatform.Journal;
using CrmPlatform.Records;
using CrmPlatform.Records.Deadlines;
using CrmPlatform.Records.Fields;
using CrmPlatform.Records.HandOver;
using CrmPlatform.Records.Jobs;
using CrmPlatform.Records.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Hosting;

/// <summary>A bounded context: one assembly, one database, one table of contents.</summary>
public abstract class Service : App
{
    private readonly Lazy<Contents> contents;

    /// <summary>Reads the table of contents on first use.</summary>
    protected Service() => contents = new Lazy<Contents>(() =>
    {
        var made = new Contents();
        Declare(made);
        return made;
    });

    internal Contents Contents => contents.Value;

    internal JournalParts Journal(Settings settings) => new(
        Name, [.. Contents.Records.Select(r => r.Type), ViewRules.Type, ComputedRules.Type], Contents.Consumers, Contents.Copied,
        [new HandOvers(Name), .. Contents.Projections],
        settings.Database(Name), settings.Database(Name, ops: true), settings.RabbitMq, settings.Anchors, settings.AnchorKey);

    /// <summary>The table of contents: records, routes, consumers.</summary>
    protected abstract void Declare(Contents it);

    /// <inheritdoc/>
    protected internal override void Build(WebApplicationBuilder builder, Settings settings, IReadOnlyList<App> neighbours)
    {
        builder.Services.AddSingleton(this);
        builder.Services.AddJournal(Journal(settings));
        builder.Services.AddRecords(Name, Contents.Records, Contents.Rules);
        builder.Services.AddHostedService<Sweeper>();
        builder.Services.AddSingleton(new Works(Contents.Works));
        builder.Services.AddHostedService<JobWorker>();
        builder.Services.AddSingleton<IReadOnlyList<Deadline>>(Contents.Deadlines);
        builder.Services.AddHostedService<DeadlineWorker>();
        builder.Services.AddDoors(Name, settings);
        Contents.Configure(builder.Services);
    }

    /// <inheritdoc/>
    protected internal override void Map(WebApplication app)
    {
        app.UseDoors();
        app.MapHealth();
        app.MapGet($"/openapi/{PublishedDocument.Name}.json", (HttpContext http, PublishedDocument document) => document.Send(http)).ExcludeFromDescription();
        var api = app.MapGroup("/api/v1").AddEndpointFilter<ChangePipeline>();
        Contents.Map(api);
        api.MapUndo();
        api.MapAudit(Name);
        api.MapReplicas(Name);
        app.MapParking();
    }
}
