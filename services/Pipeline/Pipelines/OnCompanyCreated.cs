using CrmPlatform.Contracts.Identity;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Pipeline.Pipelines;

/// <summary>A company signed up: it has a pipeline to begin with.</summary>
public sealed class OnCompanyCreated : IConsumer<CompanyCreated>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<CompanyCreated> context) => EnterDefaultPipeline.Of(context.Session());
}
