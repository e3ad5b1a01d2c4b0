using CrmPlatform.SystemTests.Platform;

// The tests kill what they share: one after the other, each leaves everything running.
[assembly: AssemblyFixture(typeof(RealPlatform))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
