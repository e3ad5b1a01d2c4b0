using CrmPlatform.Pipeline;
using CrmPlatform.Testing;

[assembly: Runs(typeof(PipelineService))]
