package idiom.training.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tribuo.util.onnx.ONNXAttribute;

/**
 * Builds one ONNX graph, node after node. Values are known by name; a node may only use values that exist already, so
 * the nodes come out in an order that ONNX accepts.
 *
 * <p>Equal calls give equal bytes.
 */
final class OnnxGraph {
    /** ONNX operator set: new enough for everything used here, old enough for any current runtime. */
    static final int OPSET = 17;
    /** Version of the file format that belongs to {@link #OPSET}. */
    static final int IR_VERSION = 8;
    /** Name of the first axis, whose length the caller of the network chooses. */
    static final String BATCH = "batch";

    /** Ends the name of a weight that is stored with 16 bits. */
    static final String FP16 = ".fp16";

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Set<String> unusedWeights;
    private final Map<String, WeightTensor> weights;
    private final WeightType weightType;

    OnnxGraph(String name, Map<String, WeightTensor> weights, WeightType weightType) {
        graph.setName(name);
        this.weights = Map.copyOf(weights);
        this.unusedWeights = new LinkedHashSet<>(new TreeMap<>(weights).keySet());
        this.weightType = weightType;
    }

    /** Declares the network's input: 32-bit floats of shape {@code (batch, lengths...)}. */
    String input(String name, long... lengths) {
        graph.addInput(value(name, lengths));
        return name;
    }

    /** Declares an output: 32-bit floats of shape {@code (batch, lengths...)}; the node of that name is its source. */
    void output(String name, long... lengths) {
        graph.addOutput(value(name, lengths));
    }

    /** Adds a node with one output, called {@code name}. */
    String node(String operator, String name, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(name)
                .addAllInput(inputs)
                .addOutput(name)
                .addAllAttribute(Arrays.asList(attributes)));
        return name;
    }

    /** Whether the network's owner gave a weight of that name. */
    boolean hasWeight(String name) {
        return weights.containsKey(name);
    }

    /** Adds a weight that must have that shape, once, and gives the name of its 32-bit value. */
    String weight(String name, long... shape) {
        WeightTensor tensor = checkedWeight(name, shape);
        unusedWeights.remove(name);
        float[] values = tensor.values();
        if (weightType == WeightType.FP32) {
            graph.addInitializer(tensor(name, TensorProto.DataType.FLOAT, floats(values), shape));
            return name;
        }
        String stored = name + FP16;
        graph.addInitializer(tensor(stored, TensorProto.DataType.FLOAT16, halves(tensor, values), shape));
        return node("Cast", name, List.of(stored), integer("to", TensorProto.DataType.FLOAT_VALUE));
    }

    /** Adds a scalar that is part of the architecture. */
    String constant(String name, float value) {
        graph.addInitializer(tensor(name, TensorProto.DataType.FLOAT, floats(new float[] {value})));
        return name;
    }

    /** Adds a vector of 64-bit integers that is part of the architecture. */
    String integers(String name, long... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asLongBuffer().put(values);
        graph.addInitializer(tensor(name, TensorProto.DataType.INT64, buffer, values.length));
        return name;
    }

    /**
     * The bytes of the file.
     *
     * @throws IllegalArgumentException if a weight was given that the network does not have
     */
    byte[] toBytes(Map<String, String> metadata) {
        if (!unusedWeights.isEmpty()) {
            throw new IllegalArgumentException(
                    "weights must belong to the network " + graph.getName() + ": unknown=" + unusedWeights);
        }
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("idiom")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph);
        new TreeMap<>(metadata)
                .forEach((key, value) -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    static AttributeProto integer(String name, int value) {
        return new ONNXAttribute(name, AttributeProto.AttributeType.INT, true).build(value);
    }

    static AttributeProto integerList(String name, int... values) {
        return new ONNXAttribute(name, AttributeProto.AttributeType.INTS, true).build(values);
    }

    static AttributeProto number(String name, float value) {
        return new ONNXAttribute(name, AttributeProto.AttributeType.FLOAT, true).build(value);
    }

    static AttributeProto text(String name, String value) {
        return new ONNXAttribute(name, AttributeProto.AttributeType.STRING, true).build(value);
    }

    private WeightTensor checkedWeight(String name, long[] shape) {
        @Nullable WeightTensor tensor = weights.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the network " + graph.getName() + " needs a weight: missing=" + name
                    + " shape=" + Arrays.toString(shape) + " given=" + new ArrayList<>(unusedWeights));
        }
        if (!Arrays.equals(tensor.shape(), shape)) {
            throw new IllegalArgumentException("a weight must have the shape the network gives it: name=" + name
                    + " shape=" + Arrays.toString(tensor.shape()) + " expected=" + Arrays.toString(shape));
        }
        for (float value : tensor.values()) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("weights must be finite: name=" + name + " value=" + value);
            }
        }
        return tensor;
    }

    private static ByteBuffer floats(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer;
    }

    private static ByteBuffer halves(WeightTensor tensor, float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            if (Math.abs(value) > HalfFloat.MAX_VALUE) {
                throw new IllegalArgumentException("weights of 16 bits must lie within +-" + HalfFloat.MAX_VALUE
                        + ": name=" + tensor.name() + " value=" + value);
            }
            buffer.putShort(HalfFloat.ofFloat(value));
        }
        return buffer.flip();
    }

    private static TensorProto tensor(String name, TensorProto.DataType type, ByteBuffer bytes, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes));
        for (long length : shape) {
            tensor.addDims(length);
        }
        return tensor.build();
    }

    private static ValueInfoProto value(String name, long... lengths) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
        for (long length : lengths) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(length));
        }
        TypeProto.Tensor type = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }
}
